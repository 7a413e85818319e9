/** What opens her store, changed while it is open: other digits, the phone's own lock beside them or no more. */
import { StoreError } from '../store/api';
import type { Guard, Lock, Shown } from '../store/keyring';
import { openLock, rewrap } from '../store/unlocking';
import { lock as close } from './locking';
import type { Me } from './me';
import { attempt } from './unlocking';

/** absent: this phone or browser has none to offer */
export type GuardState = 'absent' | 'off' | 'on';

export async function guardState(me: Me): Promise<GuardState> {
  const lock = me.open && (await me.directory.entry(me.open.entry.worker))?.lock;
  if (lock?.guard) return 'on';
  const phone = lock && (await me.phoneLock?.());
  return (await phone?.able()) ? 'off' : 'absent';
}

/** Wrong digits make nothing on the phone. A new credential must have answered before the wrap is changed. */
export async function setGuard(me: Me, pin: string, on: boolean): Promise<void> {
  const proved = await prove(me, pin);
  const phone = on ? await me.phoneLock?.() : undefined;
  if (on && !phone) throw new StoreError('guard_absent');
  const guard = await phone?.make(me.open?.entry.initial ?? '');
  await keep(me, proved, { pin, prf: guard && (await phone?.ask(guard)) }, guard);
}

interface Proved {
  worker: string;
  lock: Lock;
  shown: Shown;
}

/** Her digits are right. Wrong ones are counted as on the lock page, whoever holds the open phone; the last try closes the store. */
export async function prove(me: Me, pin: string): Promise<Proved> {
  const worker = me.open?.entry.worker;
  if (worker === undefined || !me.open?.entry.lock) throw new StoreError('closed');
  const proved = attempt(me, worker, pin, async ({ lock, shown }): Promise<Proved> => {
    await openLock(lock, shown, worker);
    await me.directory.changeEntry(worker, (known) => (known.lock ? { ...known, lock: { ...known.lock, failed: 0 } } : known));
    return { worker, lock, shown };
  });
  return proved.catch(async (error: unknown) => {
    if (error instanceof StoreError && error.code === 'pin_gone') await close(me);
    throw error;
  });
}

/** Her key under what opens it from now on. */
export async function keep(me: Me, { worker, lock, shown: old }: Proved, shown: Shown, guard?: Guard): Promise<void> {
  const key = lock.share as CryptoKey;
  const made = await rewrap(lock, old, worker, { shown, share: { key, mark: lock.mark }, guard });
  const changed = (known: Lock): Lock => {
    const { guard: _, ...rest } = known;
    // Too many wrong tries in another window meanwhile: what is destroyed stays so.
    if (!rest.wrap) return known;
    const { salt, mark, wrap } = made;
    return { ...rest, salt, mark, share: key, ...(wrap ? { wrap } : {}), ...(guard ? { guard } : {}) };
  };
  const entry = await me.directory.changeEntry(worker, (known) => (known.lock ? { ...known, lock: changed(known.lock) } : known));
  if (entry && me.open?.entry.worker === worker) me.open.entry = entry;
}
