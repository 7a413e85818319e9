/** Whole numbers that stand for decimals (365 with one digit is 36.5), as people write and read them. Pure. */
import type { Value } from '../store/api';

/** What was written as a number; what is none stays in sight as text and is said to be wrong, it is never swallowed. */
export function numberOf(text: string, digits = 0): Value | undefined {
  if (text === '') return undefined;
  const [, whole, rest = ''] = /^(\d{1,9})(?:[.。](\d*))?$/.exec(text) ?? [];
  if (whole === undefined || rest.length > digits || (digits === 0 && text !== whole)) return text;
  return Number(whole + rest.padEnd(digits, '0'));
}

/** 365 with one digit as "36.5", 360 as "36". */
export function shown(value: number, digits = 0): string {
  if (digits === 0) return String(value);
  const text = String(value).padStart(digits + 1, '0');
  const rest = text.slice(-digits).replace(/0+$/, '');
  return text.slice(0, -digits) + (rest === '' ? '' : `.${rest}`);
}
