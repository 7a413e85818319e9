/** A form with what a county set of its questions; the twin of server/rules/otherfields.py. What is hidden stays an answer. */
import { whole } from './conditions';
import { own } from './own';
import type { Field, Form } from './shapes';

interface Set {
  readonly warn?: readonly number[];
  readonly hidden?: readonly string[];
}
/** By "form.question": the number of each decision and what it set; {} is the rulebook's own. */
export interface Fields {
  readonly [field: string]: readonly (readonly [n: number, set: Set])[];
}

/** The form as it stood under a decision of the county; the rulebook's own under none. */
export function formAsOf(form: Form, changes: Fields, days: unknown): Form {
  if (!whole(days)) return form;
  const fields = form.fields.map((field) => {
    const all = (own(changes, `${form.id}.${field.key}`) ?? []) as Fields[''];
    return withSet(field, all.filter(([n]) => n <= days).pop()?.[1] ?? {});
  });
  return { ...form, fields };
}

/** The question as a phone then asks it; the hint tells the usual range. */
export function withSet(field: Field, { warn, hidden = [] }: Set): Field {
  const [low, high] = (warn ?? []).map((value) => said(value, field.digits ?? 0));
  return {
    ...field,
    ...(warn?.length ? { warn, hint: { zh: `一般在 ${low ?? ''}—${high ?? ''}。`, en: `Usually ${low ?? ''}–${high ?? ''}.` } } : {}),
    ...(hidden.length && field.options ? { options: field.options.map((one) => (hidden.includes(one.code) ? { ...one, hidden: true } : one)) } : {}),
  };
}

function said(value: number, digits: number): string {
  const text = String(Math.abs(value)).padStart(digits + 1, '0');
  return (value < 0 ? '-' : '') + (digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text);
}
