import { expect, test } from 'vitest';
import type { Bundle, DueItem, Person, Rec } from '../../store/api';
import { chosen, isOn, NO_FILTER, whoIsDue } from './filters';

const person = (id: string, residence?: string): Person => ({ id, household: 'h', name: id, ...(residence ? { residence } : {}), rev: {} });
const rec = (who: string, form: string, status: 'live' | 'void' = 'live'): Rec => ({ id: `${who}${form}`, form, version: 1, occurredOn: '2026-01-01', answers: {}, role: '', author: '', person: who, status, where: 'town' });
const home = (id: string, number: string, persons: Person[], records: Rec[] = []): [string, Bundle] => [id, { household: { id, area: 'v', group: '1', number, rev: {} }, persons, records }];
const item = (more: Partial<DueItem>) => ({ state: 'due', ...more }) as DueItem;
const ALL = new Map([
  home('h2', '2', [person('c', 'moved_in')]),
  home('h1', '1', [person('a', 'resident'), person('b', 'moved_out')], [rec('a', 'contraceptive_supply'), rec('b', 'contraceptive_supply', 'void')]),
]);
const NOBODY = whoIsDue([]);
const ids = (filters: object, due = NOBODY, hits: Parameters<typeof chosen>[1] = null) =>
  chosen(ALL, hits, { ...NO_FILTER, ...filters }, due).map(({ person: p, bundle }) => p?.id ?? bundle.household.id);

test('without a search everybody stands door by door', () => expect(ids({})).toEqual(['a', 'b', 'c']));
test('two residences are either of them', () => expect(ids({ residence: ['moved_in', 'moved_out'] })).toEqual(['b', 'c']));
test('a service is a record of it that counts', () => expect(ids({ service: 'contraceptive_supply' })).toEqual(['a']));
test('due is what is due now, her own or her household’s', () => {
  const due = whoIsDue([item({ person: 'a', state: 'later' }), item({ person: 'b', household: 'h1' }), item({ household: 'h2' })]);
  expect(ids({ due: true }, due)).toEqual(['b', 'c']);
});
test('what is overdue speaks before what is due', () => {
  expect(whoIsDue([item({ person: 'a', schedule: 'x' }), item({ person: 'a', schedule: 'y', state: 'overdue' }), item({ person: 'a', schedule: 'z' })]).persons.get('a')?.schedule).toBe('y');
});
test('filters narrow a search and leave its order', () => {
  const hits = [{ household: 'h2', person: 'c', by: 'name' as const }, { household: 'h1', person: 'a', by: 'name' as const }, { household: 'h1', by: 'door' as const }];
  expect(ids({}, NOBODY, hits)).toEqual(['c', 'a', 'h1']);
  expect(ids({ residence: ['resident'] }, NOBODY, hits)).toEqual(['a']);
});
test('no tick, no filter', () => expect([isOn(NO_FILTER), isOn({ ...NO_FILTER, service: 'referral' })]).toEqual([false, true]));
