/** Whose card is whose, worked out from the records that gave, lost and voided them. Pure. */
import type { Bundle, Person, Rec } from '../../store/api';

export const CARD_FORM = 'service_card';

export interface Holding {
  readonly token: string;
  readonly person: Person;
  readonly bundle: Bundle;
  readonly record: Rec;
}

/** Cards in her hands: issued, and not told lost or void by a later record that points at the first. */
export function cardsOf(bundle: Bundle, person: Person): Holding[] {
  const hers = bundle.records.filter((r) => r.form === CARD_FORM && r.person === person.id && r.status === 'live' && !r.seenAs);
  const gone = new Set(hers.flatMap((r) => (r.answers.step !== 'issued' && typeof r.answers.of === 'string' ? [r.answers.of] : [])));
  return hers.flatMap((record) => {
    const { step, token } = record.answers;
    return step === 'issued' && typeof token === 'string' && !gone.has(record.id) ? [{ token, person, bundle, record }] : [];
  });
}

/** Everyone on this phone who holds a card, by the card's id. */
export function holders(bundles: Iterable<Bundle>): Map<string, Holding> {
  const found = new Map<string, Holding>();
  for (const bundle of bundles) {
    for (const person of bundle.persons) for (const holding of cardsOf(bundle, person)) found.set(holding.token, holding);
  }
  return found;
}

/** The year a person said she was born in against the record's; a record without one matches nothing. */
export function saidRight(person: Person, said: string): boolean {
  const { birth } = person;
  const year = typeof birth === 'string' ? birth.slice(0, 4) : String(birth?.year ?? '');
  return /^\d{4}$/.test(said.trim()) && said.trim() === year;
}
