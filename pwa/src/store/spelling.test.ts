import { expect, test } from 'vitest';
import type { Bundle } from './api';
import { createSpeller, readings } from './spelling';

const of = (...names: [string, string][]): Bundle => ({
  household: { id: 'h', area: 'v', rev: {} },
  persons: names.map(([name, nameKey]) => ({ id: name, household: 'h', name, nameKey, rev: {} })), records: [],
});

test.each<[string, string, [string, string][]]>([
  ['周桂兰', 'zhou guilan|zgl', [['周', 'zhou'], ['桂', 'gui'], ['兰', 'lan']]],
  ['欧阳兰', 'ouyang lan|oyl', [['欧', 'ou'], ['阳', 'yang'], ['兰', 'lan']]],
  ['王力', 'wang li|wl', [['王', 'wang'], ['力', 'li']]],
  ['Anna', 'anna|a', []],
  ['周兰', '', []],
])('%s teaches %s', (name, nameKey, taught) => expect(readings({ name, nameKey })).toEqual(taught));

test('where syllables meet, the initials say where to cut', () => {
  expect(readings({ name: '方格安', nameKey: 'fang gean|fga' })).toEqual([['方', 'fang'], ['格', 'ge'], ['安', 'an']]);
});

test('a new name is spelt from characters that others bear', () => {
  const speller = createSpeller();
  speller.learn(of(['周桂兰', 'zhou guilan|zgl'], ['王力', 'wang li|wl']));
  expect([speller.spell('王桂兰'), speller.spell('王桂芳')]).toEqual(['wangguilan', undefined]);
});

test('of two readings the usual one counts', () => {
  const speller = createSpeller();
  speller.learn(of(['任红', 'ren hong|rh'], ['任英', 'ren ying|ry'], ['李任', 'li reng|lr']));
  expect(speller.spell('任')).toBe('ren');
});
