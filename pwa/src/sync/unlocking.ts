/** A try at her six digits: counted before it is made, and what is right opens her store. */
import { StoreError } from '../store/api';
import type { Entry } from '../store/directory';
import type { Lock, Shown } from '../store/keyring';
import { isLast, waitAfter } from '../store/tries';
import { beginStretch, openLock, rewrap } from '../store/unlocking';
import { createVault } from '../store/vault';
import { doorOf } from './doors';
import { lockedOr, used } from './locking';
import type { Me, SessionState } from './me';
import { openStore, townOf } from './opening';

export async function unlock(me: Me, worker: string, pin: string): Promise<SessionState> {
  const town = townOf(me);
  town.catch(() => undefined);
  try {
    return await attempt(me, worker, pin, async ({ lock, shown, tried }) => {
      const root = await openLock(lock, shown, worker);
      const entry = { ...tried, lock: { ...(await withNextShare(lock, shown, worker)), failed: 0 } };
      const coming = me.coming?.worker.id === worker ? me.coming : undefined;
      return openStore(me, entry, await createVault(root), coming, root, await town);
    });
  } catch (error) {
    // How many tries are left, or that there are none.
    if (REFUSED.has(codeOf(error))) await lockedOr(me, () => me.state.value, worker);
    throw error;
  }
}

const REFUSED = new Set(['wrong_pin', 'pin_gone', 'lease_over']);
const codeOf = (error: unknown) => (error instanceof StoreError ? error.code : '');

export interface Try {
  lock: Lock;
  shown: Shown;
  /** as it lies on disk, the try counted */
  tried: Entry;
}

/**
 * One try at her digits; `open` rejects wrong_pin where they are not right, and puts the count back to none where they are.
 * Rejects StoreError wrong_pin, pin_wait, pin_gone, lease_over, guard_refused.
 */
export async function attempt<T>(me: Me, worker: string, pin: string, open: (one: Try) => Promise<T>): Promise<T> {
  if ((me.waits.get(worker) ?? 0) > me.clock.steady()) throw new StoreError('pin_wait');
  // The stretching takes as long as all the rest; what it gives is looked at only once the try is counted on disk.
  const known = (await me.directory.entry(worker))?.lock;
  const ready = doorOf(known) === 'pin' ? known : undefined;
  const begun = ready && beginStretch(pin, ready);
  // Without it nothing can be tried, so a refusal is no try.
  const shown: Shown = { pin, begun, prf: ready && (await askGuard(me, ready)) };
  const tried = await me.directory.changeEntry(worker, (entry) => counted(entry, me.clock.today()));
  const door = doorOf(tried?.lock);
  if (!tried?.lock || door !== 'pin') throw new StoreError(door === 'over' ? 'lease_over' : 'pin_gone');
  try {
    const opened = await open({ lock: tried.lock, shown, tried });
    me.waits.delete(worker);
    return opened;
  } catch (error) {
    if (codeOf(error) !== 'wrong_pin') throw error;
    return missed(me, worker, tried.lock.failed);
  }
}

/** A try is counted on disk before it is made. */
function counted(entry: Entry, day: string): Entry {
  const { lock, ...rest } = used(entry, day);
  return lock ? { ...rest, lock: { ...lock, failed: lock.failed + 1 } } : rest;
}

/** What the phone's own lock answers, where she has added it to her digits. Rejects guard_refused. */
async function askGuard({ phoneLock }: Me, { guard }: Lock): Promise<Shown['prf']> {
  return guard && (await phoneLock?.())?.ask(guard);
}

async function withNextShare(lock: Lock, shown: Shown, worker: string): Promise<Lock> {
  return lock.next ? rewrap(lock, shown, worker, { shown, share: { key: lock.next.share, mark: lock.next.mark }, guard: lock.guard }) : lock;
}

/** The last wrong one destroys the key. */
async function missed(me: Me, worker: string, failed: number): Promise<never> {
  me.waits.set(worker, me.clock.steady() + waitAfter(failed));
  if (!isLast(failed)) throw new StoreError('wrong_pin');
  await me.directory.changeEntry(worker, (entry) => {
    if (!entry.lock) return entry;
    const { wrap: _, ...lock } = entry.lock;
    return { ...entry, lock };
  });
  throw new StoreError('pin_gone');
}
