import { expect, test } from 'vitest';
import { fetched, whole } from './FirstFetch';

const feed = (freshAt: number) => ({ area: '990131101201', audience: 'common', name: '', freshAt });

test('progress counts whole feeds of those the town has named', () => expect(fetched([feed(5), feed(0)])).toEqual({ done: 1, all: 2 }));
test('before the town has answered nothing is whole', () => expect(whole([], { at: 'receiving', done: 0 })).toBe(false));
test('the last feed ends the wait', () => expect(whole([feed(5), feed(6)], { at: 'idle' })).toBe(true));
