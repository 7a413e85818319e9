/** What the store asks of the rulebook that this app carries. */
import { book } from '../generated/rulebook';
import { overlaid } from '../rules/otherdays';
import { dueItems } from '../rules/schedule';
import type { Schedule } from '../rules/shapes';
import { type Bundle, type CountyDays, type DueItem, type Rec, StoreError } from './api';

export interface Book {
  /** Throws `unknown_form`. */
  versionOf: (form: string) => number;
  due: (bundle: Bundle, today: string, days?: CountyDays) => DueItem[];
}

const known = new WeakMap<CountyDays, readonly Schedule[]>();

/** The schedules with the days that the county set, as this phone last heard. */
export function schedulesOf(days?: CountyDays): readonly Schedule[] {
  if (!days) return book.schedules;
  const found = known.get(days) ?? overlaid(book.schedules, days.days);
  known.set(days, found);
  return found;
}

export const rulebook: Book = {
  versionOf(form) {
    const found = book.forms[form];
    if (!found) throw new StoreError('unknown_form', form);
    return found.version;
  },
  due: (bundle, today, days) => dueItems(schedulesOf(days), plainRecords(bundle), today),
};

/** Records as the rules read them; whoever lives here now counts to this household, merged people as who they are now. */
export function plainRecords({ household, records }: Bundle): { [key: string]: unknown }[] {
  const home = household.none ? undefined : household.id;
  return records.map((rec) => plain(rec, home));
}

/** Always of the same shape, absent or not: a village has thousands, and what is read of them is read faster so. */
function plain({ id, form, occurredOn, answers, role, author, person, status, seenAs, purpose, next, days }: Rec, household?: string): { [key: string]: unknown } {
  const note = Boolean(seenAs);
  return {
    id, form, occurred_on: occurredOn, answers, role, author, status, person: person || undefined, household,
    seen_as: seenAs, purpose: note ? purpose : undefined, next: note ? next : undefined, days: days || undefined,
  };
}
