/** Giving a printed card to a person: she is found by name, has agreed to a service record, and says yes. */
import { useState } from 'preact/hooks';
import * as dates from '../../rules/dates';
import { standing } from '../../rules/consent';
import type { NewRecord } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { formOf } from '../../ui/labels';
import { Link } from '../../ui/link';
import { plain } from '../../ui/plain';
import { Icon, Note } from '../../ui/signs';
import { Choose, type Her } from './Choose';
import { CARD_FORM, cardsOf, losing } from './holders';
import { useNumber } from './useNumber';
import { W } from './words';

/** What is recorded: her older cards go out of use, and this one is hers. */
export function giving(token: string, expires: number, { person, bundle }: Her, today: string): NewRecord[] {
  const about = { form: CARD_FORM, area: bundle.household.area, occurredOn: today, person: person.id, ...(person.household ? { household: person.household } : {}) };
  const old = cardsOf(bundle, person).map((card) => losing(card, today));
  const until = dates.text(expires);
  return [...old, { ...about, answers: { step: 'issued', token, ...(until ? { valid_to: until } : {}), holder_ok: true } }];
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
