import { expect, test } from 'vitest';
import type { Drafts, Value } from '../store/api';
import { tellScans } from './scans';
import type { Transport } from './transport';

const KEY = 'scan:told';
const one = { card: 'A', at: 1 };
const two = { card: 'B', at: 2 };

function memory(...scans: Value[]): Drafts {
  const kept = new Map<string, Value>([[KEY, scans]]);
  return {
    load: (key) => kept.get(key),
    save: (key, value) => Promise.resolve(void kept.set(key, value)),
    drop: (key) => Promise.resolve(void kept.delete(key)),
    list: () => [],
  };
}

const line = (post: (path: string, body: unknown) => Promise<unknown>): Transport => ({ get: () => Promise.reject(new Error('not asked')), post: post as Transport['post'] });

test('cards held out are told once, and what was scanned meanwhile stays for the next time', async () => {
  const drafts = memory(one);
  const told: unknown[] = [];
  const town = line(async (path, body) => {
    told.push([path, body]);
    await drafts.save(KEY, [...(drafts.load(KEY) as Value[]), two]);
  });
  await tellScans(drafts, KEY, town, 9);
  expect(told).toEqual([['/api/cards/scans', { now: 9, scans: [one] }]]);
  expect(drafts.load(KEY)).toEqual([two]);
  await tellScans(drafts, KEY, line(() => Promise.resolve({ ok: true })), 9);
  expect(drafts.load(KEY)).toBeUndefined();
});

test('what the town did not take stays', async () => {
  const drafts = memory(one);
  await expect(tellScans(drafts, KEY, line(() => Promise.reject(new Error('cut off'))), 9)).rejects.toThrow('cut off');
  expect(drafts.load(KEY)).toEqual([one]);
});
