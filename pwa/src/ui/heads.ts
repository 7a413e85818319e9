/** What Today says of the rulebook: who writes a form, and a word of a short list; its questions come with the pages that ask them. */
import { book, type Form } from '../generated/rulebook';
import type { Named } from '../i18n/words';

/** Whole once `labels` was read; until then without its questions. */
export const headOf = (id: string): Omit<Form, 'fields' | 'rules'> | undefined => book.forms[id];

/** A word of one of the rulebook's lists, such as ("residence", "moved_in"); an unknown code is shown as it is. */
export function labelOf(list: string, code: string): Named {
  return book.labels[list]?.words.find((word) => word.code === code) ?? { zh: code, en: code };
}
