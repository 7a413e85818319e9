import { expect, test } from 'vitest';
import { allCame } from './listed';

const feed = (audience: string, freshAt: number) => ({ area: '990131101', audience, name: '', freshAt });

test('a list with nobody on it has come once everything was fetched', () => {
  expect(allCame([feed('own', 5), feed('stock', 5)])).toBe(true);
});

test('a list has not come while a village is still being fetched, or before anything was', () => {
  expect(allCame([feed('own', 5), feed('common', 0)])).toBe(false);
  expect(allCame([])).toBe(false);
});
