/** The one kind of condition: a field is (not) one of some words, or a whole number compares. Never truth of a value. */
import { isPlain, own } from './own';
import type { Cond, Conds, Plain } from './shapes';

/** A whole number that both ends hold exactly. */
export const whole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

const NOTHING: Plain = Object.freeze(Object.create(null) as Plain);

/** The record's answers, or nothing if they have the wrong shape. */
export function answersOf(record: unknown): Plain {
  const found = own(record, 'answers');
  return isPlain(found) ? found : NOTHING;
}

/** Whether every condition holds; none at all holds. An unanswered field is nothing, so only `not` holds on it. */
export function holds(when: Conds | undefined, answers: Plain): boolean {
  if (when === undefined) return true;
  if ('field' in when) return holdsOn(when, own(answers, when.field));
  for (const cond of when) if (!holdsOn(cond, own(answers, cond.field))) return false;
  return true;
}

function holdsOn(cond: Cond, value: unknown): boolean {
  if ('is' in cond) return oneOf(cond.is, value);
  if ('not' in cond) return !oneOf(cond.not, value);
  return whole(value) && compares(cond.op, value, cond.value);
}

const oneOf = (asked: readonly string[], value: unknown): boolean =>
  (typeof value === 'string' ? asked.includes(value) : words(value).some((word) => asked.includes(word)));

/** The words a condition sees in a value: a text, "true" or "false", the texts of a list; else none. */
export function words(value: unknown): readonly string[] {
  if (typeof value === 'boolean') return [value ? 'true' : 'false'];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : [];
}

function compares(op: string, left: number, right: number): boolean {
  if (op === '>=') return left >= right;
  if (op === '<=') return left <= right;
  if (op === '>') return left > right;
  return op === '<' ? left < right : left === right;
}

/** Whether its reader may only know that there is a record, not what it says. */
export const isNote = (record: Plain): boolean => own(record, 'seen_as') === 'note';
