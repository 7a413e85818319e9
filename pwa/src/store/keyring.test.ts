import { expect, test } from 'vitest';
import { utf8 } from './bytes';
import type { Lock } from './keyring';
import { newLease } from './lease';
import { FEWEST_ROUNDS, calibrate, importShare, makeLock } from './locksmith';
import { beginStretch, openLock, rewrap } from './unlocking';
import { createVault } from './vault';

const ROUNDS = 1000;
const share = await importShare(new Uint8Array(32).fill(7));
const other = await importShare(new Uint8Array(32).fill(8));
const lease = newLease({ days: 30, now: 0 });
const { lock, root } = await makeLock('735194', 'wang', share, ROUNDS, lease);

/** What one key seals, another opens only if it is the same. */
async function same(a: CryptoKey, b: CryptoKey): Promise<boolean> {
  const sealed = await (await createVault(a)).seal('rows', 'here', utf8('周桂兰'));
  return (await createVault(b)).open('rows', 'here', sealed).then(() => true, () => false);
}

test('the right PIN gives the data key', async () => expect(await same(root, await openLock(lock, { pin: '735194' }, 'wang'))).toBe(true));
test('a wrong PIN is told', () => expect(openLock(lock, { pin: '735195' }, 'wang')).rejects.toThrow('wrong_pin'));
test('the right PIN without the server’s share opens nothing', () => expect(openLock({ ...lock, share: other.key }, { pin: '735194' }, 'wang')).rejects.toThrow('wrong_pin'));
test('a wrap moved to another worker opens nothing', () => expect(openLock(lock, { pin: '735194' }, 'li')).rejects.toThrow('wrong_pin'));
test('without a wrap no PIN helps', () => {
  const { wrap: _, ...gone } = lock;
  return expect(openLock(gone, { pin: '735194' }, 'wang')).rejects.toThrow('pin_gone');
});
test('without a share no PIN helps', () => {
  const { share: _, ...over } = lock;
  return expect(openLock(over, { pin: '735194' }, 'wang')).rejects.toThrow('lease_over');
});

test('no script reads data key or share out', async () => {
  const opened = await openLock(lock, { pin: '735194' }, 'wang');
  expect([opened.extractable, root.extractable, share.key.extractable]).toEqual([false, false, false]);
});

test('two locks of one PIN and share have nothing in common', async () => {
  const second: { lock: Lock; root: CryptoKey } = await makeLock('735194', 'wang', share, ROUNDS, lease);
  expect(second.lock.wrap).not.toEqual(lock.wrap);
  expect(await same(root, second.root)).toBe(false);
});

test('another PIN or share opens the same data', async () => {
  const changed = await rewrap(lock, { pin: '735194' }, 'wang', { shown: { pin: '409718' }, share: other });
  expect(await same(root, await openLock(changed, { pin: '409718' }, 'wang'))).toBe(true);
  await expect(openLock(changed, { pin: '735194' }, 'wang')).rejects.toThrow('wrong_pin');
});

test('a fast phone does more rounds, a slow one never fewer than the floor', async () => {
  const clockOf = (took: number) => {
    const times = [0, took];
    return () => times.shift() ?? took;
  };
  expect(await calibrate(clockOf(5000))).toBe(FEWEST_ROUNDS);
  expect(await calibrate(clockOf(140))).toBe(1_000_000);
  expect(await calibrate(clockOf(1))).toBe(2_000_000);
});

test('a stretching that was begun before the try was counted opens the lock', async () => {
  expect(await same(root, await openLock(lock, { pin: '735194', begun: beginStretch('735194', lock) }, 'wang'))).toBe(true);
});

test('one that was begun for a salt of yesterday is not used', async () => {
  const begun = beginStretch('735194', { ...lock, salt: new Uint8Array(16) });
  expect(await same(root, await openLock(lock, { pin: '735194', begun }, 'wang'))).toBe(true);
});

test('a wrong PIN stays wrong however early its stretching was begun', () =>
  expect(openLock(lock, { pin: '735195', begun: beginStretch('735195', lock) }, 'wang')).rejects.toThrow('wrong_pin'));

const guard = { id: new Uint8Array(16).fill(3), salt: new Uint8Array(32).fill(4) };
const prf = new Uint8Array(32).fill(5);
const shown = { pin: '735194', prf };
const guarded = await rewrap(lock, { pin: '735194' }, 'wang', { shown, share, guard });

test('under a guard the digits and its answer together give the same data key', async () => {
  expect(guarded.guard).toEqual(guard);
  expect(await same(root, await openLock(guarded, shown, 'wang'))).toBe(true);
});
test.each([['the digits alone', { pin: '735194' }], ['the answer with other digits', { pin: '735195', prf }], ['another phone’s answer', { pin: '735194', prf: new Uint8Array(32) }]])(
  'under a guard %s open nothing', (_, given) => expect(openLock(guarded, given, 'wang')).rejects.toThrow('wrong_pin'));
test('under a guard the server’s share is wanted as before', () => expect(openLock({ ...guarded, share: other.key }, shown, 'wang')).rejects.toThrow('wrong_pin'));
test('taken off again, the digits alone open it', async () => {
  const bare = await rewrap(guarded, shown, 'wang', { shown: { pin: '735194' }, share });
  expect(bare.guard).toBeUndefined();
  expect(await same(root, await openLock(bare, { pin: '735194' }, 'wang'))).toBe(true);
});
