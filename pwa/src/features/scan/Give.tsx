/** Giving a printed card to a person: she is found by name, has agreed to a service record, and says yes. */
import { useState } from 'preact/hooks';
import * as dates from '../../rules/dates';
import { standing } from '../../rules/consent';
import type { Bundle, NewRecord, Person } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { sayDoor, sayPerson } from '../../ui/household';
import { formOf } from '../../ui/labels';
import { Link } from '../../ui/link';
import { plain } from '../../ui/plain';
import { Icon, Note, Plate } from '../../ui/signs';
import { CARD_FORM, cardsOf, losing } from './holders';
import { useNumber } from './useNumber';
import { W } from './words';

const SHOWN = 20;

interface Her {
  readonly person: Person;
  readonly bundle: Bundle;
}

/** What is recorded: her older cards go out of use, and this one is hers. */
export function giving(token: string, expires: number, { person, bundle }: Her, today: string): NewRecord[] {
  const about = { form: CARD_FORM, area: bundle.household.area, occurredOn: today, person: person.id, ...(person.household ? { household: person.household } : {}) };
  const old = cardsOf(bundle, person).map((card) => losing(card, today));
  const until = dates.text(expires);
  return [...old, { ...about, answers: { step: 'issued', token, ...(until ? { valid_to: until } : {}), holder_ok: true } }];
}

function Choose({ onPick }: { onPick: (her: Her) => void }) {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const [text, setText] = useState('');
  const bundles = store.bundles.value;
  const hits = text.trim() ? store.search(text.trim()) : [];
  const found = hits.flatMap((hit) => {
    const bundle = bundles.get(hit.household);
    const person = bundle?.persons.find((p) => p.id === hit.person);
    return bundle && person ? [{ person, bundle }] : [];
  });
  return (
    <>
      <label class="find"><span class="sr">{t(W.who)}</span><Icon name="search" /><input type="search" name="who" value={text} autocomplete="off" placeholder={t(W.who)} onInput={(e) => setText(e.currentTarget.value)} /></label>
      {text.trim() && found.length === 0 ? <p role="status">{t(W.nobody)}</p> : null}
      <ul class="card">
        {found.slice(0, SHOWN).map((her) => (
          <li key={her.person.id}>
            <button class="row open" type="button" onClick={() => onPick(her)}>
              <span class="grow"><b>{her.person.name}</b><p>{sayPerson(t, her.person, today.value)}</p></span>{her.bundle.household.none ? null : <Plate>{sayDoor(t, her.bundle.household)}</Plate>}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Confirm({ token, expires, her, onDone }: { token: string; expires: number; her: Her; onDone: () => void }) {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const number = useNumber(token);
  const purpose = formOf(CARD_FORM)?.consent ?? null;
  const agreed = purpose === null || standing(her.bundle.records.filter((r) => r.person === her.person.id).map(plain), today.value)[purpose] === 'given';
  const give = async () => {
    await store.recordAll(giving(token, expires, her, today.value));
    onDone();
  };
  if (!agreed) return <Note tone="late" icon="warn"><p>{t(W.needConsent)}</p><Link class="btn" to={`/person/${her.person.id}`}>{t(W.toConsent)}</Link></Note>;
  return (
    <section class="card result">
      <p><b>{t(W.sure, { number, name: her.person.name })}</b></p>
      {cardsOf(her.bundle, her.person).length > 0 ? <p>{t(W.old)}</p> : null}
      <button class="btn main" type="button" onClick={() => void give()}>{t(W.giveNow)}</button>
    </section>
  );
}

export function GivePage({ token, expires }: { token: string; expires: number }) {
  const t = useT();
  const [her, setHer] = useState<Her | null>(null);
  const [done, setDone] = useState(false);
  return (
    <Page title={t(W.giveTitle)} parent="/scan">
      {done && her ? (
        <section class="card result ok" role="status"><div class="flex"><Icon name="tick" /><h2>{t(W.given)}</h2></div><p>{t(W.givenHint)}</p><Link class="btn main" to={`/person/${her.person.id}`}>{t(W.toHer)}</Link></section>
      ) : her ? <Confirm token={token} expires={expires} her={her} onDone={() => setDone(true)} /> : <Choose onPick={setHer} />}
    </Page>
  );
}
