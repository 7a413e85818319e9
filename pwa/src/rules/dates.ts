/** Days as text ("YYYY-MM-DD", 1900 to 2099), vague dates ({year, month?}) and whole-day sums; the twin of server/rules/dates.py. */
import { isPlain, own } from './own';

const FIRST_YEAR = 1900;
const LAST_YEAR = 2099;
const DAY_MS = 86_400_000;
const DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const MONTH = /^([0-9]{4})-([0-9]{2})$/;

export type Span = readonly [first: number, last: number];

/** Days that were read: a village's records lie on a few hundred of them, and each is asked for again and again. */
const known = new Map<string, number | null>();
const MOST_KNOWN = 5000;
/** Days that were written. */
const texts = new Map<number, string>();

/** Days since 1970-01-01 of a day text; null for anything that is not a real day from 1900 to 2099. */
export function number(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const was = known.get(value);
  if (was !== undefined) return was;
  const found = DAY.exec(value);
  const day = found ? numberOf(Number(found[1]), Number(found[2]), Number(found[3])) : null;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(value, day);
  return day;
}

function numberOf(year: number, month: number, day: number): number | null {
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return null;
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / DAY_MS : null;
}

/** The day text of a day number; null outside 1900 to 2099. */
export function text(day: number): string | null {
  if (!(day >= FIRST && day <= LAST)) return null;
  const was = texts.get(day);
  if (was !== undefined) return was;
  const made = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (texts.size >= MOST_KNOWN) texts.clear();
  texts.set(day, made);
  return made;
}

export const isDay = (value: unknown): value is string => number(value) !== null;

/** Year, month, day of a day number inside 1900 to 2099. */
export function parts(day: number): readonly [year: number, month: number, day: number] {
  const at = new Date(day * DAY_MS);
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
}

/** First and last day number of a month text "YYYY-MM"; null if it is none. */
export function monthSpan(value: unknown): Span | null {
  const found = typeof value === 'string' ? MONTH.exec(value) : null;
  return found ? spanOf(Number(found[1]), Number(found[2])) : null;
}

function spanOf(year: number, month: number | null): Span | null {
  const first = numberOf(year, month ?? 1, 1);
  if (first === null) return null;
  const after = month === null ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month, 1);
  return [first, after / DAY_MS - 1];
}

/** Earliest and latest day number of a day text or a vague date; null if it is neither. */
export function span(value: unknown): Span | null {
  const exact = number(value);
  if (exact !== null) return [exact, exact];
  if (!isPlain(value) || !Object.keys(value).every((key) => key === 'year' || key === 'month')) return null;
  const year = own(value, 'year');
  const month = own(value, 'month');
  if (!isWhole(year) || !(month === undefined || isWhole(month))) return null;
  return spanOf(year, month ?? null);
}

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** The first day that a day text or vague date can mean; null if it is neither. */
export function earliest(value: unknown): string | null {
  const found = span(value);
  return found ? text(found[0]) : null;
}

/** The last day that a day text or vague date can mean; null if it is neither. */
export function latest(value: unknown): string | null {
  const found = span(value);
  return found ? text(found[1]) : null;
}

/** The day so many days later; null if the day is no day or the sum leaves 1900 to 2099. */
export function addDays(day: string, days: number): string | null {
  const start = number(day);
  return start === null ? null : text(start + days);
}

/** Completed years on a day; a vague birth counts from its earliest day. null if unknown or not yet born. */
export function age(birth: unknown, on: string): number | null {
  const born = span(birth);
  const then = number(on);
  if (born === null || then === null || born[0] > then) return null;
  const [birthYear, birthMonth, birthDay] = parts(born[0]);
  const [year, month, day] = parts(then);
  return year - birthYear - (month < birthMonth || (month === birthMonth && day < birthDay) ? 1 : 0);
}

const FIRST = Date.UTC(FIRST_YEAR, 0, 1) / DAY_MS;
const LAST = Date.UTC(LAST_YEAR, 11, 31) / DAY_MS;
