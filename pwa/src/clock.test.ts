import { expect, test } from 'vitest';
import { createClock } from './clock';

function clockAt(wall: number) {
  const time = { wall, steady: 0 };
  const names = ['a', 'b', 'c'];
  return { time, clock: createClock({ wall: () => time.wall, steady: () => time.steady }, () => names.shift() ?? '') };
}

test('a clock that nobody sets keeps its name', () => {
  const { time, clock } = clockAt(1_000_000);
  Object.assign(time, { wall: 1_000_000 + 86_401_000, steady: 86_400_000 });
  expect(clock.clk()).toBe('a');
});

test.each([2_001, -2_001, 3 * 365 * 86_400_000])('a wall clock set by %i ms gets a new name', (jump) => {
  const { time, clock } = clockAt(1_000_000);
  time.wall += jump;
  expect(clock.clk()).toBe('b');
  expect(clock.clk()).toBe('b');
});

test('today is the local day, corrected by the measured offset', () => {
  const { clock } = clockAt(Date.UTC(2026, 10, 30, 16, 30));
  expect(clock.today()).toBe('2026-12-01');
  expect(clock.today(-3_600_000)).toBe('2026-11-30');
});
