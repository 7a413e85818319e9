/** Where a card, the list of cards and a person's row do not agree; one tap makes them agree. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import type { Word } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Link } from '../../ui/link';
import { Note } from '../../ui/signs';
import { G } from './agreeWords';
import { sayDeskCode } from './deskCodes';
import { Asked } from './parts';
import { useDesk, useGet } from './wire';

type Kind = keyof typeof G.kinds;

interface Fault {
  readonly kind: Kind;
  readonly record: string;
  readonly number: string;
  readonly on: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly area: { readonly name: string };
}

export function AgreePart() {
  const t = useT();
  const { transport } = useDesk();
  const { today } = useApp();
  const [answer, again] = useGet<{ found: readonly Fault[] }>('/api/cards/agree');
  const [code, setCode] = useState<string | null>(null);
  const repair = (fault: Fault): void => { transport.post(`/api/cards/agree/${fault.record}`, { kind: fault.kind }).then(() => { setCode(null); again(); }, (error: unknown) => setCode(codeOf(error))); };
  const say = (words: Readonly<Record<Kind, Word>>, kind: Kind): string => t(words[kind]);
  return (
    <section class="card"><h2 class="row">{t(G.title)}</h2><p class="row soft">{t(G.why)}</p>
      {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
      <Asked answer={answer} again={again}>{({ found }) => (
        <>
          {found.length === 0 ? <p class="row">{t(G.agree)}</p> : null}
          {found.map((fault) => (
            <p class="row" key={fault.record}>
              <span class="grow"><Link to={`/desk/person/${fault.person.id}`}>{fault.person.name}</Link> {say(G.kinds, fault.kind)} <span class="soft">{fault.number}，{fault.area.name}，{sayDay(t, fault.on, today.value)}</span></span>
              <button class="btn" type="button" onClick={() => repair(fault)}>{say(G.deeds, fault.kind)}</button>
            </p>
          ))}
        </>
      )}</Asked>
    </section>
  );
}
