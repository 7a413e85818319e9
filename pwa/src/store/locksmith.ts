/** Makes a worker's lock, with a key that was not there before: on her first day, or after forgotten digits. */
import { type Bytes, randomBytes, utf8 } from './bytes';
import { type Lock, type Share, kekOf, stretch, wrapUnder } from './keyring';
import type { Lease } from './lease';

export const FEWEST_ROUNDS = 600_000;
const MOST_ROUNDS = 2_000_000;
const SAMPLE = 200_000;
const WANTED_MS = 700;

export async function importShare(bytes: Bytes): Promise<Share> {
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mark = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8('suifang share 1')));
  return { key, mark: Array.from(mark.slice(0, 8), (b) => b.toString(16).padStart(2, '0')).join('') };
}

/** Rounds that take this phone about 0.7 s, between the floor and what no phone needs. `steady`: ms that only run forward. */
export async function calibrate(steady: () => number): Promise<number> {
  const from = steady();
  await stretch('000000', randomBytes(16), SAMPLE);
  const took = Math.max(1, steady() - from);
  return Math.min(MOST_ROUNDS, Math.max(FEWEST_ROUNDS, Math.round((SAMPLE * WANTED_MS) / took / 10_000) * 10_000));
}

/** A new data key for `worker` under a PIN. `root` opens the vault. */
export async function makeLock(pin: string, worker: string, share: Share, rounds: number, lease: Lease): Promise<{ lock: Lock; root: CryptoKey }> {
  const raw = randomBytes(32);
  const salt = randomBytes(16);
  const wrap = await wrapUnder(await kekOf({ pin }, { salt, rounds, share: share.key }), worker, raw);
  const root = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']);
  raw.fill(0);
  return { lock: { salt, rounds, wrap, share: share.key, mark: share.mark, failed: 0, lease }, root };
}
