/** What she did today, one line a person, and whether it can still be taken back whole. Pure. */
import type { Bundle, Person, Rec } from '../../store/api';
import { remembered } from '../../ui/remembered';

export interface Done {
  readonly bundle: Bundle;
  readonly person: Person;
  /** newest first, so that undoing in this order never leaves a later record without the one it points at */
  readonly records: readonly Rec[];
  readonly undoable: boolean;
}

const newestFirst = (a: Rec, b: Rec): number => (b.id < a.id ? -1 : 1);

function doneBy(bundle: Bundle, person: Person, author: string, today: string): Done | null {
  const records = bundle.records
    .filter((r) => r.person === person.id && r.author === author && r.occurredOn === today && r.status === 'live' && !r.seenAs)
    .sort(newestFirst);
  if (records.length === 0) return null;
  return { bundle, person, records, undoable: records.every((r) => r.where === 'here') };
}

/** Records lie newest day first, so one look passes a house where nothing was done today. */
const touchedOn = remembered((bundles: ReadonlyMap<string, Bundle>, today) =>
  [...bundles.values()].filter(({ records: [newest] }) => newest !== undefined && newest.occurredOn >= today));

/** Newest first. */
export function doneToday(bundles: ReadonlyMap<string, Bundle>, author: string, today: string): Done[] {
  const found = touchedOn(bundles, today).flatMap((bundle) => bundle.persons.flatMap((person) => doneBy(bundle, person, author, today) ?? []));
  return found.sort((a, b) => newestFirst(a.records[0] as Rec, b.records[0] as Rec));
}
