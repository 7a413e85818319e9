/** The town's remarks on a record, in the rulebook's words. Pure. */
import { both, type T } from '../i18n/words';
import { sayCode } from './codes';
import { formOf, labelOf } from './labels';

/** Why the town parked or flagged something; a broken rule names its field after a colon. */
export function sayReason(t: T, reason: string, form?: string): string {
  const [code = '', field = ''] = reason.split(':');
  const label = labelOf('parked', code);
  const words = label.zh === code ? sayCode(t, code) : t(both(label));
  const known = form ? formOf(form)?.fields.find((f) => f.key === field) : undefined;
  return field ? `${words}（${known ? t(both(known)) : field}）` : words;
}
