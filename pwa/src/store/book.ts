/** What the store asks of the rulebook that this app carries. */
import { book } from '../generated/rulebook';
import { dueItems } from '../rules/schedule';
import { type Bundle, type DueItem, type Rec, StoreError } from './api';

export interface Book {
  /** Throws `unknown_form`. */
  versionOf: (form: string) => number;
  due: (bundle: Bundle, today: string) => DueItem[];
}

export const rulebook: Book = {
  versionOf(form) {
    const found = book.forms[form];
    if (!found) throw new StoreError('unknown_form', form);
    return found.version;
  },
  due: (bundle, today) => dueItems(book.schedules, plainRecords(bundle), today),
};

/** Records as the rules read them; whoever lives here now counts to this household, merged people as who they are now. */
export function plainRecords({ household, records }: Bundle): { [key: string]: unknown }[] {
  return records.map((rec) => ({ ...plain(rec), ...(household.none ? {} : { household: household.id }) }));
}

function plain({ id, form, occurredOn, answers, role, author, person, status, seenAs, purpose, next }: Rec): { [key: string]: unknown } {
  const rec = { id, form, occurred_on: occurredOn, answers, role, author, status };
  const note = seenAs ? { seen_as: seenAs, ...(purpose ? { purpose } : {}), ...(next ? { next } : {}) } : {};
  return { ...rec, ...(person ? { person } : {}), ...note };
}
