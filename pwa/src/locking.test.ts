import { expect, test } from 'vitest';
import { createClock } from './clock';
import { type Limits, OWN_PHONE, SHARED_PHONE, watchIdle } from './locking';

const MINUTE = 60_000;

/** As much of a window as the watch uses, its clocks moved by hand; each move ends with the watch's own look. */
function phoneWith(limits: Limits) {
  const time = { wall: 1_800_000_000_000, steady: 0 };
  const clock = createClock({ wall: () => time.wall, steady: () => time.steady });
  const root = { toggleAttribute: () => true, removeAttribute: () => undefined };
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible', documentElement: root });
  const looks: (() => void)[] = [];
  const win = { document, setInterval: (look: () => void) => looks.push(look), clearInterval: () => looks.splice(0) };
  const seen = { locks: 0, hours: 0 };
  const stop = watchIdle(win as unknown as Window, clock, limits, { lock: () => { seen.locks += 1; }, hour: () => { seen.hours += 1; } });
  const pass = (wall: number, steady = wall): void => {
    time.wall += wall;
    time.steady += steady;
    for (const look of looks) look();
  };
  const show = (visibilityState: 'visible' | 'hidden'): void => {
    Object.assign(document, { visibilityState });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  return { seen, stop, pass, show, touch: () => document.dispatchEvent(new Event('pointerdown')) };
}

test('five minutes without a touch lock, and each touch begins them anew', () => {
  const { seen, pass, touch } = phoneWith(OWN_PHONE);
  pass(4 * MINUTE);
  touch();
  pass(4 * MINUTE);
  expect(seen.locks).toBe(0);
  pass(MINUTE);
  expect(seen.locks).toBe(1);
});

test.each([['her own', OWN_PHONE, 120_000], ['a shared', SHARED_PHONE, 30_000]])('out of sight %s phone locks in time', (_, limits, after) => {
  const { seen, pass, show } = phoneWith(limits);
  show('hidden');
  pass(after - 1000);
  expect(seen.locks).toBe(0);
  pass(1000);
  expect(seen.locks).toBe(1);
});

test('a phone that slept, so that one clock stood still, locks when it is seen again', () => {
  const { seen, pass, show } = phoneWith(OWN_PHONE);
  show('hidden');
  pass(3 * MINUTE, 0);
  show('visible');
  expect(seen.locks).toBeGreaterThan(0);
});

test('a wall clock that is set back keeps nothing open', () => {
  const { seen, pass } = phoneWith(OWN_PHONE);
  pass(-3_600_000, 5 * MINUTE);
  expect(seen.locks).toBe(1);
});

test('an hour of work is told once an hour', () => {
  const { seen, pass, touch } = phoneWith(OWN_PHONE);
  for (let minutes = 0; minutes < 150; minutes += 3) {
    touch();
    pass(3 * MINUTE);
  }
  expect(seen).toEqual({ locks: 0, hours: 2 });
});

test('once stopped it locks nothing', () => {
  const { seen, pass, show, stop } = phoneWith(OWN_PHONE);
  stop();
  show('hidden');
  pass(10 * MINUTE);
  show('visible');
  expect(seen.locks).toBe(0);
});
