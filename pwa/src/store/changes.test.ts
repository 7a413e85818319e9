import { expect, test } from 'vitest';
import { changesOf } from './changes';
import type { Local } from './outbox';
import type { Event } from './wire';

const local = (id: string, set: object, more: Partial<Local> = {}): Local => ({
  store: 's', dseq: 1, state: 'kept',
  event: { id, kind: 'patch', t: 5, actor: 'me', role: 'director', person: 'p', body: { set, base: { phone: null } } } as unknown as Event,
  ...more,
});

test('of a patch that clashed, the fields that clashed are shown with our value', () => {
  const found = changesOf({ id: 'p', set: { phone: '1' }, rev: {} }, [local('e', { phone: '2', note: 'x' }, { flags: ['conflict:phone'] })]);
  expect(found).toEqual([{ id: 'e', at: 5, author: 'me', role: 'director', where: 'town', set: { phone: '2' }, clashes: ['phone'] }]);
});

test('a patch that was seen coming back is told once, by the town', () => {
  const log = [{ id: 'r', rev: 'e', t: 5, actor: 'me', role: 'director', set: { name: '甲', name_key: 'jia|j' }, was: { name: '乙' } }];
  const found = changesOf({ id: 'p', set: { name: '甲' }, rev: {}, log }, [local('e', { name: '甲' }, { state: 'sent' })]);
  expect(found).toEqual([{ id: 'r', at: 5, author: 'me', role: 'director', where: 'town', set: { name: '甲' }, was: { name: '乙' } }]);
});

test('one that the town keeps for a person to decide changes nothing meanwhile', () => {
  const found = changesOf({ id: 'p', set: { phone: '1' }, rev: {} }, [local('a', { phone: '2' }, { state: 'parked' }), local('b', { phone: '3' }, { state: 'out' })]);
  expect(found.map((change) => [change.id, change.where, change.was])).toEqual([['b', 'here', { phone: '1' }], ['a', 'ask', { phone: '1' }]]);
});
