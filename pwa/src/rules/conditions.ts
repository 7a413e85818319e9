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
  const conds: readonly Cond[] = 'field' in when ? [when] : when;
  return conds.every((cond) => holdsOn(cond, own(answers, cond.field)));
}

function holdsOn(cond: Cond, value: unknown): boolean {
  if ('is' in cond) return words(value).some((word) => cond.is.includes(word));
  if ('not' in cond) return !words(value).some((word) => cond.not.includes(word));
  return whole(value) && compares(cond.op, value, cond.value);
}

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
