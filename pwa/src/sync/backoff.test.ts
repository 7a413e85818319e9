import { expect, test } from 'vitest';
import { waitAfter } from './backoff';

test('waits spread from a second to a ceiling that doubles up to 15 minutes', () => {
  expect([1, 2, 3, 8, 9, 40].map((n) => waitAfter(n, 0.999999))).toEqual([5_000, 10_000, 20_000, 639_999, 899_999, 899_999].map((ms) => expect.closeTo(ms, -2) as number));
  expect(waitAfter(9, 0)).toBe(1_000);
});

test('never shorter than the server asked for', () => {
  expect(waitAfter(1, 0, 60_000)).toBeGreaterThanOrEqual(60_000);
});
