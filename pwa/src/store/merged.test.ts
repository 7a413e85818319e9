import { expect, test } from 'vitest';
import { Fold } from './fold';
import { foldRow } from './kinds';
import { Mirror } from './mirror';
import type { Row } from './wire';

const [HOUSE, DROPPED, KEPT] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002', '018f0000-0000-7000-8000-000000000003'];
const row = (f: string, rest: Omit<Row, 'f' | 'q' | 'digest'>): Row => ({ f, q: 1, digest: '', ...rest });

function take(mirror: Mirror, one: Row) {
  const fold = new Fold(mirror);
  foldRow(fold, one);
  for (const { f, b, doc } of fold.touched.values()) mirror.put(f, b, doc);
}

test('a merge that is taken back is gone, though another feed has told meanwhile where she lives', () => {
  const mirror = new Mirror();
  take(mirror, row('town', { id: 'm', kind: 'merge', person: DROPPED, body: { from: DROPPED, to: KEPT } }));
  expect(mirror.resolve(DROPPED)).toBe(KEPT);
  take(mirror, row('village', { id: 's', kind: 'state', person: DROPPED, body: { type: 'person', set: { household: HOUSE, name: '黄小燕' }, rev: {} } }));
  take(mirror, row('town', { id: 'u', kind: 'unmerge', person: DROPPED, body: { from: DROPPED, to: KEPT } }));
  expect(mirror.resolve(DROPPED)).toBe(DROPPED);
});
