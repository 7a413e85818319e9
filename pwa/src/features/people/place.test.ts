import { expect, test } from 'vitest';
import type { Bundle } from '../../store/api';
import { doorsAt, groupsOf, householdAt, newDoor } from './place';

const home = (id: string, group: string | undefined, number: string | undefined, none?: true): Bundle => ({
  household: { id, area: 'v', ...(group ? { group } : {}), ...(number ? { number } : {}), ...(none ? { none } : {}), rev: {} }, persons: [], records: [],
});
const ALL = [home('a', '3组', '013012'), home('b', '3', '12号'), home('c', '10组', '12'), home('d', undefined, '12'), home('e', '3组', undefined, true)];
const at = (group: string, number: string) => doorsAt(ALL, { area: 'v', group, number }).map((b) => b.household.id);

test.each<[string, string, string[]]>([
  ['3组', '12', ['a', 'b']], ['3', '１２号', ['a', 'b']], ['10组', '12', ['c']], ['', '12', ['d']], ['3组', '13', []], ['3组', '', []],
])('%s, number %s', (group, number, ids) => expect(at(group, number)).toEqual(ids));

test('of several at one door the picked one is meant', () => {
  const place = { area: 'v', group: '3组', number: '12' };
  expect([householdAt(ALL, place), householdAt(ALL, { ...place, household: 'b' })].map((b) => b?.household.id)).toEqual(['a', 'b']);
});

test('groups stand in the order of their numbers', () => expect(groupsOf(ALL, 'v')).toEqual(['3', '3组', '10组']));

test('a new door holds what is known of it', () => {
  expect(newDoor({ area: 'v', group: ' 5组', number: ' 7号' })).toEqual({ area: 'v', group: '5组', number: '7' });
  expect(newDoor({ area: 'v', group: '', number: '' })).toEqual({ area: 'v' });
});
