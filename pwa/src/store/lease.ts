/**
 * How long a phone may be opened without the server: counted in days on which it was used and in the server's time, never
 * in the wall clock's time alone, since that one is set by whoever holds the phone. Pure.
 *
 * The wall clock only says that a day is another one. A step of one day to a month onwards is believed and counts as one;
 * a jump (backwards, or further) counts for nothing. Whatever the clock says, every MOST_USES uses count as a day,
 * and that is paid back by the next day, so that a busy day costs no more than a quiet one.
 */

export interface Lease {
  /** how many days were given, and the server's time (ms) when they were */
  days: number;
  since: number;
  used: number;
  /** the wall clock's day of the last use, "YYYY-MM-DD" */
  day: string | null;
  /** since the last day that was counted */
  uses: number;
  /** days that were counted by uses before the clock came to them */
  ahead: number;
}
export type LeaseState = { at: 'ok'; left: number } | { at: 'soon'; left: number } | { at: 'over' } | { at: 'gone' };

const DAY_MS = 86_400_000;
/** more than anybody unlocks on one day */
export const MOST_USES = 200;
const FARTHEST_STEP = 31;
/** told so many days before the end */
const SOON = 7;
/** so long after its end the share itself is forgotten */
const KEPT_AFTER = 14;

export const newLease = ({ days, now }: { days: number; now: number }): Lease => ({ days, since: now, used: 0, day: null, uses: 0, ahead: 0 });

/** Counts one use (an unlock, a start, an hour of work) on the wall clock's `day`. */
export function countUse(lease: Lease, day: string): Lease {
  const step = lease.day === null ? 0 : daysFrom(lease.day, day);
  if (step >= 1 && step <= FARTHEST_STEP) return onNextDay({ ...lease, day });
  const uses = lease.uses + 1;
  if (uses < MOST_USES) return { ...lease, day, uses };
  return { ...lease, day, uses: 0, used: lease.used + 1, ahead: lease.ahead + 1 };
}

function onNextDay(lease: Lease): Lease {
  if (lease.ahead > 0) return { ...lease, ahead: lease.ahead - 1, uses: 0 };
  return { ...lease, used: lease.used + 1, uses: 0 };
}

/** The server named its time without a new lease: what has passed by it has passed. */
export function hearTime(lease: Lease, serverNow: number): Lease {
  const passed = Math.floor((serverNow - lease.since) / DAY_MS);
  return passed > lease.used ? { ...lease, used: passed } : lease;
}

export function leaseState({ days, used }: Lease): LeaseState {
  const left = days - used;
  if (left > SOON) return { at: 'ok', left };
  if (left > 0) return { at: 'soon', left };
  return left > -KEPT_AFTER ? { at: 'over' } : { at: 'gone' };
}

function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
