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
  /** the phone's own lock, wanted beside her digits; absent: the digits alone */
  guard?: Guard;
}
/** A WebAuthn credential of this phone, and what its PRF is asked with (32 bytes). */
export interface Guard {
  id: Bytes;
  salt: Bytes;
}
/** What opens: her digits, and what the guard answered (32 bytes) where the lock has one. */
export interface Shown {
  pin: string;
  prf?: Bytes | undefined;
  /** of these digits, where it has begun already */
  begun?: Stretched | undefined;
}
export interface Share {
  key: CryptoKey;
  mark: string;
}

/** The long part of a try, begun before anything else that it waits for. It tells nothing by itself. */
export interface Stretched {
  readonly salt: Bytes;
  readonly rounds: number;
  readonly bits: Promise<ArrayBuffer>;
}

/** Rejects `lease_over` without the share. `bits`: the digits stretched already. */
export async function kekOf({ pin, prf }: Shown, { salt, rounds, share }: Pick<Lock, 'salt' | 'rounds' | 'share'>, bits?: Promise<ArrayBuffer>): Promise<CryptoKey> {
  if (!share) throw new StoreError('lease_over');
  const stretched = await (bits ?? stretch(pin, salt, rounds));
  const prk = await crypto.subtle.sign('HMAC', share, prf ? join(new Uint8Array(stretched), prf) : stretched);
  const root = await crypto.subtle.importKey('raw', prk, 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8('suifang/kek/1') };
  return crypto.subtle.deriveKey(hkdf, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt', 'unwrapKey']);
}

/** The digits made long: 32 bytes. */
export async function stretch(pin: string, salt: Bytes, iterations: number): Promise<ArrayBuffer> {
  const base = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits']);
  return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, 256);
}

/** A wrap moved to another worker opens nothing. */
export const boundTo = (worker: string): Bytes => utf8(`suifang data key 1\n${worker}`);

/** The raw data key of `worker`, wrapped. */
export async function wrapUnder(kek: CryptoKey, worker: string, raw: Bytes): Promise<Bytes> {
  const iv = randomBytes(12);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(worker) }, kek, raw);
  return join(iv, new Uint8Array(sealed));
}
