import { expect, test } from 'vitest';
import { b64 } from '../store/bytes';
import { markOf } from './mark';

const key = (x: number, y: number): JsonWebKey => ({ x: b64(new Uint8Array(32).fill(x)), y: b64(new Uint8Array(32).fill(y)) });

// The server's own answer for these keys (server/devices.py).
test('the check mark is the one that the desk prints', async () => {
  expect(await markOf({ serverSignKey: key(1, 2), serverSealKey: key(3, 250) })).toBe('22IV2XDC');
});
test('a phone that is not registered has none', async () => expect(await markOf(undefined)).toBeUndefined());
