/** Who changed what, each with its mark and the way back. */
import { useState } from 'preact/hooks';
import { sayHour } from '../i18n/days';
import type { Word } from '../i18n/words';
import type { Answers, Change } from '../store/api';
import { useApp, useOpen, useT } from './app';
import { codeOf, sayCode } from './codes';
import { sayChange, wayBack, type Kind, type Said } from './said';
import { Sheet } from './sheet';
import { Icon, Mark, Note } from './signs';
import { useWho } from './who';

const W = {
  title: ['谁改过', 'Who changed what'],
  here: ['还在手机上', 'still on this phone'],
  ask: ['要你看一眼', 'needs a look'],
  by: ['{who}改的', 'by {who}'],
  undo: ['撤回', 'Undo'],
  restore: ['改回去', 'Change it back'],
  undoHint: ['还没发出去，撤回就当没改过。', 'It was not sent yet; undone, it never happened.'],
  restoreHint: ['会再记一次改动，改回原来的。', 'One more change is recorded that sets the old value.'],
  clashHint: ['两个都留着，站里会来定。你不用做什么。', 'Both are kept and the station decides. There is nothing you must do.'],
  seen: ['知道了', 'Seen'],
  close: ['关上', 'Close'],
} as const satisfies Record<string, Word>;

interface About {
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
function Below({ change }: { change: Change }) {
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

const HINTS = { undo: W.undoHint, restore: W.restoreHint } as const;

export function ChangeSheet({ change, type, id, current, onClose }: About & { change: Change; onClose: () => void }) {
  const t = useT();
  const { store } = useOpen();
  const said = useSaid();
  const [code, setCode] = useState<string | null>(null);
  const way = wayBack(change, current);
  const act = (done: Promise<unknown>): void => void done.then(onClose, (error: unknown) => setCode(codeOf(error)));
  const goBack = (): void => act(way === 'undo' ? store.undo(change.id) : store.patch(type, id, change.was ?? {}));
  const hint = change.clashes ? W.clashHint : way && HINTS[way];
  return (
    <Sheet title={t(W.title)} onClose={onClose}>
      {sayChange(t, said, type, change).map((line) => <p key={line}><b>{line}</b></p>)}
      <div class="small soft"><Below change={change} /></div>
      {hint ? <p class="small soft">{t(hint)}</p> : null}
      {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
      <div class="pair">
        <button class="btn" type="button" onClick={onClose}>{t(W.close)}</button>
        {way ? <button class="btn main" type="button" onClick={goBack}><Icon name="undo" />{t(W[way])}</button> : null}
        {change.clashes ? <button class="btn main" type="button" onClick={() => act(store.dismiss(change.id))}>{t(W.seen)}</button> : null}
      </div>
    </Sheet>
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
