/** How far the phone's clock is off, in the largest unit that says it well. Pure. */
import type { T } from '../../i18n/words';
import { W } from './words';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

export function sayOff(t: T, ms: number): string {
  const off = Math.abs(ms);
  if (off >= 2 * DAY) return t(W.clockDays, { n: Math.round(off / DAY) });
  return off >= 2 * HOUR ? t(W.clockHours, { n: Math.round(off / HOUR) }) : t(W.clockMinutes, { n: Math.round(off / MINUTE) });
}
