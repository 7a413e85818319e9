import { expect, test } from 'vitest';
import { weakness } from './pins';
import { isLast, waitAfter } from './tries';

test.each([
  ['12345', 'pin_length'], ['1234567', 'pin_length'], ['12345x', 'pin_length'],
  ['000000', 'pin_repeats'], ['121212', 'pin_repeats'], ['123123', 'pin_repeats'], ['112233', 'pin_repeats'], ['388838', 'pin_repeats'],
  ['123456', 'pin_row'], ['654321', 'pin_row'], ['890123', 'pin_row'],
  ['880412', 'pin_birthday'], ['198804', 'pin_birthday'], ['651231', 'pin_birthday'],
])('%s is refused: %s', (pin, why) => expect(weakness(pin)).toBe(why));

test.each(['735194', '409718', '918273'])('%s is taken', (pin) => expect(weakness(pin)).toBeNull());

test('the first two wrong tries cost nothing, then each waits longer', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(waitAfter);
  expect(waits.slice(0, 2)).toEqual([0, 0]);
  expect(waits.slice(2).every((wait, i, all) => wait > (all[i - 1] ?? 0))).toBe(true);
});

test('the tenth is the last', () => expect([9, 10].map(isLast)).toEqual([false, true]));
