import { expect, test } from 'vitest';
import { numberOf, shown } from './decimals';

test.each([
  ['36.5', 1, 365], ['36', 1, 360], ['36.', 1, 360], ['0.4', 1, 4], ['5.25', 2, 525], ['140', 0, 140], ['', 1, undefined],
])('%s with %i digits is the number %s', (text, digits, number) => {
  expect(numberOf(text, digits)).toBe(number);
});

test.each([['36.55', 1], ['36.5', 0], ['36.', 0], ['高', 1], ['.5', 1], ['-3', 0]])('%s with %i digits stays as it was written', (text, digits) => {
  expect(numberOf(text, digits)).toBe(text);
});

test.each([[365, 1, '36.5'], [360, 1, '36'], [4, 1, '0.4'], [525, 2, '5.25'], [5, 2, '0.05'], [140, 0, '140']])('%i with %i digits reads %s', (value, digits, text) => {
  expect(shown(value, digits)).toBe(text);
});
