/** Opens a worker's lock with what she shows, and puts the same data key under other digits, another share or a guard. */
import { StoreError } from './api';
import { randomBytes } from './bytes';
import { type Guard, type Lock, type Share, type Shown, type Stretched, boundTo, kekOf, stretch, wrapUnder } from './keyring';

export function beginStretch(pin: string, { salt, rounds }: Pick<Lock, 'salt' | 'rounds'>): Stretched {
  const bits = stretch(pin, salt, rounds);
  bits.catch(() => undefined);
  return { salt, rounds, bits };
}

/** Another window may have chosen another salt meanwhile. */
const fits = (begun: Stretched, { salt, rounds }: Lock): boolean => begun.rounds === rounds && begun.salt.join() === salt.join();

const kekFor = (shown: Shown, lock: Lock): Promise<CryptoKey> => kekOf(shown, lock, shown.begun && fits(shown.begun, lock) ? shown.begun.bits : undefined);

/** Rejects `wrong_pin`. Rejects `pin_gone` or `lease_over` when there is nothing that a PIN could open. */
export async function openLock(lock: Lock, shown: Shown, worker: string): Promise<CryptoKey> {
  const { wrap } = lock;
  if (!wrap) throw new StoreError('pin_gone');
  const kek = await kekFor(shown, lock);
  const gcm = { name: 'AES-GCM', iv: wrap.slice(0, 12), additionalData: boundTo(worker) };
  return crypto.subtle.unwrapKey('raw', wrap.slice(12), kek, gcm, 'HKDF', false, ['deriveKey']).catch((): never => {
    throw new StoreError('wrong_pin');
  });
}

/** The same data key under another PIN, share or guard; the old ones must be right. Rejects as `openLock`. */
export async function rewrap(lock: Lock, shown: Shown, worker: string, to: { shown: Shown; share: Share; guard?: Guard | undefined }): Promise<Lock> {
  const { wrap } = lock;
  if (!wrap) throw new StoreError('pin_gone');
  const gcm = { name: 'AES-GCM', iv: wrap.slice(0, 12), additionalData: boundTo(worker) };
  const opened = await crypto.subtle.decrypt(gcm, await kekFor(shown, lock), wrap.slice(12)).catch((): never => {
    throw new StoreError('wrong_pin');
  });
  const raw = new Uint8Array(opened);
  const salt = randomBytes(16);
  const fresh = await wrapUnder(await kekOf(to.shown, { salt, rounds: lock.rounds, share: to.share.key }), worker, raw);
  raw.fill(0);
  const { next: _, guard: __, ...rest } = lock;
  return { ...rest, salt, wrap: fresh, share: to.share.key, mark: to.share.mark, failed: 0, ...(to.guard ? { guard: to.guard } : {}) };
}
