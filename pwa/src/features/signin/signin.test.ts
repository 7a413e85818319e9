import { expect, test } from 'vitest';
import { inHalves } from './CheckMark';
import { kilobytes, whole } from './FirstFetch';

const feed = (freshAt: number) => ({ area: '990131101201', audience: 'common', name: '', freshAt });

test('before the town has answered nothing is whole', () => expect(whole([], { at: 'receiving', done: 0 })).toBe(false));
test('one list that is still coming keeps the wait', () => expect(whole([feed(5), feed(0)], { at: 'idle' })).toBe(false));
test('the last feed ends the wait', () => expect(whole([feed(5), feed(6)], { at: 'idle' })).toBe(true));
test('a little is not nothing', () => expect([kilobytes(1), kilobytes(2048), kilobytes(0)]).toEqual([1, 2, 0]));
test('the check mark is read in halves', () => expect(inHalves('KEDQJH5T')).toBe('KEDQ JH5T'));
