/** Reading values that came from outside without ever meeting a prototype. */
import type { Plain } from './shapes';

export const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);

const has = (value: object, key: string): boolean => Object.prototype.hasOwnProperty.call(value, key);

/** The value's own member of that name; undefined for anything inherited and for what is no object. */
export const own = (value: unknown, key: string): unknown => (isPlain(value) && has(value, key) ? value[key] : undefined);

/** A text with something in it, or null. */
export const textOf = (value: unknown, key: string): string | null => {
  const found = own(value, key);
  return typeof found === 'string' && found !== '' ? found : null;
};

/** By UTF-16 code unit, as the server's `code_units` sorts; no language's order. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A table without a prototype. */
export const table = <V>(entries: Iterable<readonly [string, V]> = []): { [key: string]: V } => {
  const made = Object.create(null) as { [key: string]: V };
  for (const [key, value] of entries) made[key] = value;
  return made;
};
