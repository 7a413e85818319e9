/** Whose card is whose, worked out from the records that gave, lost and voided them. Pure. */
import type { Bundle, NewRecord, Person, Rec } from '../../store/api';

export const CARD_FORM = 'service_card';

export interface Holding {
  readonly token: string;
  readonly person: Person;
  readonly bundle: Bundle;
  readonly record: Rec;
}

interface Cards {
  readonly held: Holding[];
  readonly gone: Holding[];
}

/** All her cards: in her hands, or told lost or void by a later record that points at the first. */
function allCards(bundle: Bundle, person: Person): Cards {
  const hers = bundle.records.filter((r) => r.form === CARD_FORM && r.person === person.id && r.status === 'live' && !r.seenAs);
  const ended = new Set(hers.flatMap((r) => (r.answers.step !== 'issued' && typeof r.answers.of === 'string' ? [r.answers.of] : [])));
  const cards = hers.flatMap((record): Holding[] => {
    const { step, token } = record.answers;
    return step === 'issued' && typeof token === 'string' ? [{ token, person, bundle, record }] : [];
  });
  return { held: cards.filter(({ record }) => !ended.has(record.id)), gone: cards.filter(({ record }) => ended.has(record.id)) };
}

/** Cards in her hands. */
export const cardsOf = (bundle: Bundle, person: Person): Holding[] => allCards(bundle, person).held;

/** Everyone on this phone who holds a card, by the card's id. */
export function holders(bundles: Iterable<Bundle>): Map<string, Holding> {
  const found = new Map<string, Holding>();
  for (const bundle of bundles) {
    for (const person of bundle.persons) for (const holding of cardsOf(bundle, person)) found.set(holding.token, holding);
  }
  return found;
}

/** Cards that somebody on this phone told lost: out of use here before the town's list says so everywhere. */
export function lostCards(bundles: Iterable<Bundle>): Set<string> {
  const lost = new Set<string>();
  for (const bundle of bundles) for (const person of bundle.persons) for (const { token } of allCards(bundle, person).gone) lost.add(token);
  return lost;
}

/** What is recorded when she has lost a card. */
export function losing({ record, person, bundle }: Holding, today: string): NewRecord {
  const about = { form: CARD_FORM, area: bundle.household.area, occurredOn: today, person: person.id, ...(person.household ? { household: person.household } : {}) };
  return { ...about, answers: { step: 'lost', of: record.id } };
}

/** The year a person said she was born in against the record's; a record without one matches nothing. */
export function saidRight(person: Person, said: string): boolean {
  const { birth } = person;
  const year = typeof birth === 'string' ? birth.slice(0, 4) : String(birth?.year ?? '');
  return /^\d{4}$/.test(said.trim()) && said.trim() === year;
}
