/** Codes of the rulebook in words; an unknown code is shown as it is, so that nothing is hidden. */
import { book } from '../generated/daily';
import type { Form } from '../generated/rulebook';
import type { Named } from '../i18n/words';

export { labelOf } from './heads';

export const formOf = (id: string): Form | undefined => book.forms[id];

/** A choice of a form's field in words. */
export function optionOf(form: string, field: string, code: string): Named {
  const options = formOf(form)?.fields.find((f) => f.key === field)?.options ?? [];
  return options.find((o) => o.code === code) ?? { zh: code, en: code };
}

export interface ConsentText {
  readonly version: string;
  readonly lines: readonly Named[];
}

/** The newest text for a purpose: five short sentences. */
export function consentText(purpose: string): ConsentText | undefined {
  const texts = book.consent_texts[purpose] ?? [];
  const newest = texts[texts.length - 1];
  if (!newest) return undefined;
  return { version: newest.version, lines: newest.zh.map((zh, i) => ({ zh, en: newest.en[i] ?? zh })) };
}
