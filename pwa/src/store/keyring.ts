/**
 * How a PIN opens a worker's data key on this phone. KEK = HKDF(PBKDF2-SHA-256(PIN) ‖ PRF, salt: the server's share);
 * the data key lies wrapped under it. Share and data key are CryptoKeys that no script can read out; HKDF's first step
 * is HMAC under its salt, so that the share is held as an HMAC key.
 */
import { StoreError } from './api';
import { type Bytes, join, randomBytes, utf8 } from './bytes';
import type { Lease } from './lease';

export interface Lock {
  salt: Bytes;
  rounds: number;
  /** nonce 12, AES-256-GCM of the data key; absent: destroyed after too many wrong PINs */
  wrap?: Bytes;
  /** absent: given back, since the lease ended long ago */
  share?: CryptoKey;
  /** a share that the server gives now instead (it was restored); taken at the next unlocking */
  next?: { share: CryptoKey; mark: string };
  /** names the share without telling it */
  mark: string;
  failed: number;
  lease: Lease;
}
export interface Share {
  key: CryptoKey;
  mark: string;
}

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
  const wrap = await wrapUnder(await kekOf(pin, { salt, rounds, share: share.key }), worker, raw);
  const root = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']);
  raw.fill(0);
  return { lock: { salt, rounds, wrap, share: share.key, mark: share.mark, failed: 0, lease }, root };
}

/** The long part of a try, begun before anything else that it waits for. It tells nothing by itself. */
export interface Stretched {
  readonly salt: Bytes;
  readonly rounds: number;
  readonly bits: Promise<ArrayBuffer>;
}

export function beginStretch(pin: string, { salt, rounds }: Pick<Lock, 'salt' | 'rounds'>): Stretched {
  const bits = stretch(pin, salt, rounds);
  bits.catch(() => undefined);
  return { salt, rounds, bits };
}

/** Rejects `wrong_pin`. Rejects `pin_gone` or `lease_over` when there is nothing that a PIN could open. */
export async function openLock(lock: Lock, pin: string, worker: string, begun?: Stretched): Promise<CryptoKey> {
  const { wrap } = lock;
  if (!wrap) throw new StoreError('pin_gone');
  const kek = await kekOf(pin, lock, begun && fits(begun, lock) ? begun.bits : undefined);
  const gcm = { name: 'AES-GCM', iv: wrap.slice(0, 12), additionalData: boundTo(worker) };
  return crypto.subtle.unwrapKey('raw', wrap.slice(12), kek, gcm, 'HKDF', false, ['deriveKey']).catch((): never => {
    throw new StoreError('wrong_pin');
  });
}

/** The same data key under another PIN or another share; the old ones must be right. Rejects as `openLock`. */
export async function rewrap(lock: Lock, pin: string, worker: string, to: { pin: string; share: Share }): Promise<Lock> {
  const { wrap } = lock;
  if (!wrap) throw new StoreError('pin_gone');
  const gcm = { name: 'AES-GCM', iv: wrap.slice(0, 12), additionalData: boundTo(worker) };
  const opened = await crypto.subtle.decrypt(gcm, await kekOf(pin, lock), wrap.slice(12)).catch((): never => {
    throw new StoreError('wrong_pin');
  });
  const raw = new Uint8Array(opened);
  const salt = randomBytes(16);
  const fresh = await wrapUnder(await kekOf(to.pin, { salt, rounds: lock.rounds, share: to.share.key }), worker, raw);
  raw.fill(0);
  const { next: _, ...rest } = lock;
  return { ...rest, salt, wrap: fresh, share: to.share.key, mark: to.share.mark, failed: 0 };
}

/** Another window may have chosen another salt meanwhile. */
const fits = (begun: Stretched, { salt, rounds }: Lock): boolean => begun.rounds === rounds && begun.salt.join() === salt.join();

async function kekOf(pin: string, { salt, rounds, share }: Pick<Lock, 'salt' | 'rounds' | 'share'>, bits?: Promise<ArrayBuffer>): Promise<CryptoKey> {
  if (!share) throw new StoreError('lease_over');
  const prk = await crypto.subtle.sign('HMAC', share, await (bits ?? stretch(pin, salt, rounds)));
  const root = await crypto.subtle.importKey('raw', prk, 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8('suifang/kek/1') };
  return crypto.subtle.deriveKey(hkdf, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt', 'unwrapKey']);
}

async function stretch(pin: string, salt: Bytes, iterations: number): Promise<ArrayBuffer> {
  const base = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits']);
  return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, 256);
}

async function wrapUnder(kek: CryptoKey, worker: string, raw: Bytes): Promise<Bytes> {
  const iv = randomBytes(12);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(worker) }, kek, raw);
  return join(iv, new Uint8Array(sealed));
}

const boundTo = (worker: string): Bytes => utf8(`suifang data key 1\n${worker}`);
