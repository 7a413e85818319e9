import { expect, test } from 'vitest';
import type { CardList } from '../rules/card';
import { b64, utf8 } from './bytes';
import { newerList } from './cards';
import type { Body } from './wire';

const pair = () => crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
const town = await pair();
const pinned = await crypto.subtle.exportKey('jwk', town.publicKey);

async function signed(n: number, by = town, under = n): Promise<Body> {
  const list = JSON.stringify({ n, at: 0, keys: [], cards: [], sheets: [] });
  const sig = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, by.privateKey, utf8(`suifang cards 1\n${list}`));
  return { list, sig: b64(new Uint8Array(sig)), n: under };
}
const held = { n: 5 } as CardList;

test('a newer list that the town signed is taken, the highest of several', async () => {
  expect((await newerList(held, [await signed(8), await signed(7)], pinned))?.n).toBe(8);
});

test('an older list, or the same once more, changes nothing', async () => {
  expect(await newerList(held, [await signed(5), await signed(4)], pinned)).toBeUndefined();
});

test('a list that another key signed is passed over for the newest that the town did sign', async () => {
  expect((await newerList(held, [await signed(9, await pair()), await signed(6)], pinned))?.n).toBe(6);
});

test('a list under another number than its own, a changed one, and one without a pinned key are refused', async () => {
  const changed = { ...(await signed(9)), list: '{"n":9,"keys":[]}' };
  expect(await newerList(held, [await signed(6, town, 9), changed], pinned)).toBeUndefined();
  expect(await newerList(held, [await signed(9)], undefined)).toBeUndefined();
});
