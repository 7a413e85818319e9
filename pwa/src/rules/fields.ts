/** Whether one answer can be an answer to one field, whatever the day. */
import { whole } from './conditions';
import * as dates from './dates';
import { isPlain, own } from './own';
import type { Field } from './shapes';

const REF = /^[0-9A-Za-z_:-]{1,64}$/;
/** A NUL or half a character cannot be kept. */
const BAD_TEXT = /[\0\ud800-\udfff]/u;

/** null, an empty text and an empty list are no answer; false and 0 are answers. */
export const unanswered = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** A code of `check`, or null when the shape is right. */
export function misshapen(field: Field, value: unknown): string | null {
  switch (field.type) {
    case 'bool':
      return typeof value === 'boolean' ? null : 'type';
    case 'int':
      return whole(value) ? null : 'type';
    case 'date':
      return badDay(field, value);
    case 'multi':
      return badMulti(field, value);
    case 'lines':
      return badLines(field, value);
    default:
      return typeof value === 'string' ? badText(field, value) : 'type';
  }
}

/** What is wrong with the shape of one answer, asked or not; a code of `check`, or null. */
export function fault(field: Field, value: unknown, asked: boolean): string | null {
  if (unanswered(value)) return asked && field.required ? 'required' : null;
  return asked ? misshapen(field, value) : 'not_asked';
}

/** Each line is an object of known columns, the required ones answered, all of them well shaped. */
function badLines(field: Field, value: unknown): string | null {
  const columns = field.of ?? [];
  const known = new Set(columns.map((column) => column.key));
  if (!Array.isArray(value) || !value.every((line) => isPlain(line) && Object.keys(line).every((key) => known.has(key)))) return 'line';
  return value.some((line) => columns.some((column) => fault(column, own(line, column.key), true) !== null)) ? 'line' : null;
}

function badText(field: Field, value: string): string | null {
  if (field.type === 'code') return codesOf(field).has(value) ? null : 'option';
  if (field.type === 'ref') return REF.test(value) ? null : 'ref';
  return BAD_TEXT.test(value) ? 'text' : null;
}

const codesOf = (field: Field): Set<string> => new Set((field.options ?? []).map((option) => option.code));

function badDay(field: Field, value: unknown): string | null {
  if (field.vague && isPlain(value)) return dates.span(value) ? null : 'date';
  if (typeof value !== 'string') return 'type';
  return dates.isDay(value) ? null : 'date';
}

function badMulti(field: Field, value: unknown): string | null {
  if (!Array.isArray(value) || !value.every((word): word is string => typeof word === 'string')) return 'type';
  const codes = codesOf(field);
  if (!value.every((word) => codes.has(word))) return 'option';
  if (new Set(value).size !== value.length) return 'twice';
  return value.length > 1 && value.some((word) => field.alone?.includes(word)) ? 'alone' : null;
}
