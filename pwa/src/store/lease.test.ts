import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Lease, MOST_USES, countUse, hearTime, leaseState, newLease } from './lease';

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 22);
const day = (n: number) => new Date(START + n * DAY).toISOString().slice(0, 10);
const fresh = newLease({ days: 30, now: START });
const after = (days: readonly string[], lease: Lease = fresh) => days.reduce(countUse, lease);
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

test('used once a day it lasts thirty days and not one more', () => {
  expect(leaseState(after(range(30).map(day))).at).not.toBe('over');
  expect(leaseState(after(range(31).map(day))).at).toBe('over');
});

test('a busy day costs no more than a quiet one', () => {
  const busy = range(31).flatMap((n) => range(300).map(() => day(n)));
  expect(after(busy.slice(0, 30 * 300)).used).toBeLessThanOrEqual(30);
  expect(leaseState(after(busy)).at).toBe('over');
});

test('it is told seven days before its end', () => {
  expect(leaseState(after(range(23).map(day)))).toEqual({ at: 'ok', left: 8 });
  expect(leaseState(after(range(24).map(day)))).toEqual({ at: 'soon', left: 7 });
});

test('fourteen days after its end the share goes', () => {
  expect(leaseState(after(range(44).map(day))).at).toBe('over');
  expect(leaseState(after(range(45).map(day))).at).toBe('gone');
});

test('a clock that jumps ten years ahead and back counts as many days as a right one', () => {
  const jumping = range(20).flatMap((n) => [day(n), day(n + 3650), day(n)]);
  expect(after(jumping).used).toBe(after(range(20).map(day)).used);
});

test('a clock that falls back to 1970 at each start lengthens nothing for ever', () => {
  const uses = range(30 * MOST_USES).map(() => '1970-01-01');
  expect(leaseState(after(uses)).at).toBe('over');
});

test('a clock held still ends the lease after a bounded number of uses', () => {
  expect(leaseState(after(range(30 * MOST_USES).map(() => day(3)))).at).toBe('over');
});

test('the server’s time ends it whatever was counted', () => {
  expect(leaseState(hearTime(fresh, START + 30 * DAY)).at).toBe('over');
  expect(leaseState(hearTime(fresh, START + 29 * DAY + 1)).at).toBe('soon');
});

test('a server time before the lease gives nothing back', () => expect(hearTime(after(range(10).map(day)), START - DAY).used).toBe(9));

test('no jumping clock counts more than its uses allow, and none counts less', () => {
  const jump = fc.array(fc.integer({ min: -3650, max: 3650 }), { maxLength: 400 });
  fc.assert(fc.property(jump, (days) => {
    const steps = days.filter((n, i) => i > 0 && n - (days[i - 1] ?? 0) >= 1 && n - (days[i - 1] ?? 0) <= 31).length;
    const { used } = after(days.map(day));
    expect(used).toBeLessThanOrEqual(steps + Math.floor(days.length / MOST_USES));
    expect(used).toBeGreaterThanOrEqual(Math.floor((days.length - steps) / MOST_USES) - 1);
  }));
});

test('what was counted is never taken back', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -3650, max: 3650 }), { maxLength: 200 }), (days) => {
    days.reduce((lease, n) => {
      const next = countUse(lease, day(n));
      expect(next.used).toBeGreaterThanOrEqual(lease.used);
      return next;
    }, fresh);
  }));
});
