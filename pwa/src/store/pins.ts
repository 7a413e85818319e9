/** Which six digits are no lock: what everybody tries first. Pure. */

export const PIN_LENGTH = 6;

const DIGITS = /^\d{6}$/;
/** Up and down, also around the end: 123456, 890123, 654321. */
const UP = '01234567890123456789';
const DOWN = '98765432109876543210';

/** Why these digits cannot be a PIN (pin_length, pin_repeats, pin_row, pin_birthday), or null. */
export function weakness(pin: string): string | null {
  if (!DIGITS.test(pin)) return 'pin_length';
  if (new Set(pin).size < 3 || isRepeated(pin)) return 'pin_repeats';
  if (UP.includes(pin) || DOWN.includes(pin)) return 'pin_row';
  return isBirthday(pin) ? 'pin_birthday' : null;
}

/** 123123, 121212, 112233. */
function isRepeated(pin: string): boolean {
  const pairs = pin.match(/../g) ?? [];
  const doubled = pairs.every(([a, b]) => a === b);
  return pin.slice(0, 3) === pin.slice(3) || pairs.every((pair) => pair === pairs[0]) || doubled;
}

const within = (text: string, from: number, to: number) => Number(text) >= from && Number(text) <= to;

/** Year-month-day as 880412, or a whole year and a month as 198804. */
function isBirthday(pin: string): boolean {
  const [yy = '', mm = '', dd = ''] = pin.match(/../g) ?? [];
  if (within(mm, 1, 12) && within(dd, 1, 31)) return true;
  return within(yy, 19, 20) && within(pin.slice(0, 4), 1930, 2029) && within(dd, 1, 12);
}
