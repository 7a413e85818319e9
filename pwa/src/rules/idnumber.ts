/** The resident identity number (GB 11643-1999): check digit, birth, sex; the twin of server/rules/idnumber.py. */
import * as dates from './dates';

const SHAPE = /^[0-9]{17}[0-9X]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

/** The number as it is stored: a lower-case x becomes X. */
export const tidy = (value: string): string => value.replace(/x/g, 'X');

/** Whether 18 places end in their check digit; says nothing about the birthday inside. */
export function checksumOk(value: string): boolean {
  const number = tidy(value);
  if (!SHAPE.test(number)) return false;
  const total = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(number[at]), 0);
  return CHECKS[total % 11] === number[17];
}

/** The birthday inside a number, or null if it is no day from 1900 to 2099. */
export function birth(value: string): string | null {
  if (!SHAPE.test(tidy(value))) return null;
  const day = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
  return dates.isDay(day) ? day : null;
}

/** "m" for an odd 17th place, "f" for an even one; null if it is no identity number. */
export function sex(value: string): 'm' | 'f' | null {
  if (!SHAPE.test(tidy(value))) return null;
  return Number(value[16]) % 2 ? 'm' : 'f';
}

/** Why a number cannot be right: shape, birth or checksum; null if it can. */
export function fault(value: string): 'shape' | 'birth' | 'checksum' | null {
  if (!SHAPE.test(tidy(value))) return 'shape';
  if (birth(value) === null) return 'birth';
  return checksumOk(value) ? null : 'checksum';
}
