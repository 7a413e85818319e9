/** Which limits a well-shaped answer passes: codes of `check`, each once. Twin of the end of server/rules/forms.py. */
import { holds, whole } from './conditions';
import * as dates from './dates';
import { own } from './own';
import type { Field, Plain } from './shapes';

const NONE: Plain = Object.freeze(Object.create(null) as Plain);

export const limits = (field: Field, value: unknown, good: Plain, today: string, birth: unknown): string[] =>
  [...new Set(passed(field, value, good, today)), ...(tooYoung(field, value, good, birth) ? ['young'] : [])];

/** Whether she was under that age even on the last day it can mean, and even if born on the first day that can mean. */
function tooYoung({ not_under: least }: Field, value: unknown, good: Plain, birth: unknown): boolean {
  const span = dates.span(value);
  const last = span && dates.text(span[1]);
  if (!least || !last || dates.span(birth) === null || !holds(least.when, good)) return false;
  const years = dates.age(birth, last);
  return years === null || years < least.age;
}

function passed(field: Field, value: unknown, good: Plain, today: string): string[] {
  if (typeof value === 'number') return numberPassed(field, value, good);
  if (field.type === 'text' && typeof value === 'string') {
    return field.max_length !== undefined && [...value].length > field.max_length ? ['too_long'] : [];
  }
  if (field.type === 'lines' && Array.isArray(value)) return linesPassed(field, value, today);
  return field.type === 'date' ? dayPassed(field, value, good, today) : [];
}

function linesPassed(field: Field, lines: readonly unknown[], today: string): string[] {
  const long = field.max_length !== undefined && lines.length > field.max_length ? ['too_long'] : [];
  const inside = lines.flatMap((line) => (field.of ?? []).flatMap((column) => passed(column, own(line, column.key), NONE, today)));
  return [...long, ...inside];
}

function numberPassed(field: Field, value: number, good: Plain): string[] {
  const outside = (field.min !== undefined && value < field.min) || (field.max !== undefined && value > field.max);
  const [low = value, high = value] = field.warn ?? [];
  const most = field.at_most === undefined ? undefined : own(good, field.at_most);
  return [...(outside ? ['range'] : value < low || value > high ? ['unusual'] : []), ...(whole(most) && value > most ? ['over'] : [])];
}

function dayPassed(field: Field, value: unknown, good: Plain, today: string): string[] {
  const now = dates.number(today);
  const span = dates.span(value);
  if (now === null || span === null) return [];
  const first = field.not_before === undefined ? null : dates.span(own(good, field.not_before));
  return [
    ...(field.not_after !== undefined && span[0] > now ? ['future'] : []),
    ...(field.after !== undefined && span[1] <= now ? ['past'] : []),
    ...(first !== null && span[1] < first[0] ? ['before'] : []),
  ];
}
