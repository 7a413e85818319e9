/** What sending and receiving share: how much goes at a time, and how far the clocks are apart. */
import type { Clock } from '../clock';

export const FIRST = 100;

/** What one engine remembers between batches. */
export interface Pace {
  most: number;
  /** earlier store ids that the server does not take from this session */
  skip: Set<string>;
}
export const newPace = (): Pace => ({ most: FIRST, skip: new Set() });

/** Server minus phone, ms, taking the answer's moment as the middle of the round trip. */
export function offsetOf(serverNow: number, asked: { wall: number; steady: number }, clock: Clock): number {
  return Math.round(serverNow - (asked.wall + (clock.steady() - asked.steady) / 2));
}
