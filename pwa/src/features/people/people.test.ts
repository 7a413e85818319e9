import { describe, expect, test } from 'vitest';
import type { Bundle } from '../../store/api';
import { doors, grids, groups, isUngrouped, villages } from './tree';
import { underlined } from './underline';

const home = (id: string, area: string, group: string | undefined, people = 1): Bundle => ({
  household: { id, area, ...(group ? { group } : {}), number: id, rev: {} },
  persons: Array.from({ length: people }, (_, i) => ({ id: `${id}${String(i)}`, household: id, name: id, rev: {} })), records: [],
});
const ALL = [home('a', 'v1', '10组', 3), home('b', 'v1', '2组'), home('c', 'v1', undefined), home('d', 'v2', '1组')];

describe('the tree', () => {
  test('names the grids of a group only where there are several', () => {
    const grid = (id: string, n: string): Bundle => ({ ...home(id, 'v3', '1组'), household: { id, area: 'v3', group: '1组', grid: n, rev: {} } });
    const here = [grid('a', '10'), grid('b', '2')];
    expect([grids('v3', '1组', here), grids('v3', '1组', here.slice(1)), doors('v3', '1组', here, '2').map((b) => b.household.id)]).toEqual([['2', '10'], [], ['b']]);
  });
  test('counts households, people and doors that are due', () => {
    expect(villages(['v1', 'v2'], ALL, new Set(['a']))).toEqual([
      { code: 'v1', households: 3, people: 5, due: 1 }, { code: 'v2', households: 1, people: 1, due: 0 },
    ]);
  });
  test('sorts groups as numbers, those without one last', () => {
    const codes = groups('v1', ALL, new Set()).map((g) => g.code);
    expect([codes.slice(0, 2), isUngrouped(codes[2] ?? '')]).toEqual([['2组', '10组'], true]);
  });
  test('lists the doors of one group only', () => expect(doors('v1', '2组', ALL).map((b) => b.household.id)).toEqual(['b']));
});

describe('what a search matched', () => {
  const person = { id: 'p', household: null, name: '周桂兰', nameKey: 'zhou guilan|zgl', rev: {} };
  const marked = (pieces: { text: string; hit: boolean }[]) => pieces.map((p) => (p.hit ? `[${p.text}]` : p.text)).join('');
  test('initials are marked in the name as it is spoken', () => {
    expect(marked(underlined(person, { household: 'h', by: 'initials' }).pinyin)).toBe('[Z]hou [G]ui[l]an');
  });
  test('letters of the name are marked in the name', () => {
    expect(marked(underlined(person, { household: 'h', by: 'name', from: 1, to: 3 }).name)).toBe('周[桂兰]');
  });
  test('a house number marks nothing', () => expect(underlined(person, { household: 'h', by: 'door' }).pinyin).toEqual([]));
});
