/** Who changed what, each with its mark and the way back. */
import { useState } from 'preact/hooks';
import { sayHour } from '../i18n/days';
import type { Word } from '../i18n/words';
import type { Answers, Change } from '../store/api';
import { useApp, useOpen, useT } from './app';
import { lazy } from './lazy';
import { sayChange, type Kind, type Said } from './said';
import { Icon, Mark } from './signs';
import { useWho } from './who';

const W = {
  title: ['谁改过', 'Who changed what'],
  here: ['还在手机上', 'still on this phone'],
  ask: ['要你看一眼', 'needs a look'],
  by: ['{who}改的', 'by {who}'],
} as const satisfies Record<string, Word>;

/** Looking into one and taking it back come when it is tapped. */
export const ChangeSheet = lazy(() => import('./changeSheet').then((m) => m.ChangeSheet), () => null);

export interface About {
  type: Kind;
  id: string;
  /** what stands now, by field on the wire */
  current: Answers;
}

export function useSaid(): Said {
  const { store } = useOpen();
  const { today } = useApp();
  return { bundles: store.bundles.value, today: today.value };
}

/** The line below a change: when, who, and whether it is still on this phone. */
export function Below({ change }: { change: Change }) {
  const t = useT();
  const { today } = useApp();
  const who = useWho();
  const state = change.where === 'here' ? t(W.here) : change.where === 'ask' ? t(W.ask) : '';
  return <p>{[sayHour(t, change.at, today.value), t(W.by, { who: who(change.author, change.role) }), state].filter(Boolean).join('　')}</p>;
}

export function ChangeRow({ change, type, onOpen }: { change: Change; type: Kind; onOpen: () => void }) {
  const t = useT();
  const said = useSaid();
  return (
    <button class="row open" type="button" onClick={onOpen}>
      <Mark at={change.clashes ? 'ask' : change.where} />
      <span class="grow"><b>{sayChange(t, said, type, change).join('；')}</b><Below change={change} /></span>
      <Icon name="next" />
    </button>
  );
}

/** All changes of a household; a person's stand in her timeline. */
export function Changes(about: About) {
  const t = useT();
  const { store } = useOpen();
  void store.bundles.value;
  const [open, setOpen] = useState<string | null>(null);
  const all = store.changes(about.type, about.id);
  const chosen = all.find((change) => change.id === open);
  if (all.length === 0) return null;
  return (
    <>
      <h2>{t(W.title)}</h2>
      <ul class="card">{all.map((change) => <li key={change.id}><ChangeRow change={change} type={about.type} onOpen={() => setOpen(change.id)} /></li>)}</ul>
      {chosen ? <ChangeSheet {...about} change={chosen} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
