/** The lock page's side of a session: whose stores lie here, six digits that open one, and what can be done without. */
import { StoreError } from '../store/api';
import type { Entry } from '../store/directory';
import { type Lock, beginStretch, openLock, rewrap } from '../store/keyring';
import { countUse, leaseState } from '../store/lease';
import { isLast, waitAfter } from '../store/tries';
import { createVault } from '../store/vault';
import { waiting } from '../store/within';
import { doorOf, knownOf } from './doors';
import { type Me, type Person, type SessionState, become, signedOut } from './me';
import { closeStore, openStore, townOf } from './opening';

/** The lock page, or what `otherwise` says where nobody has a store here. With `was`: only if that is still shown when all is read. */
export async function lockedOr(me: Me, otherwise: () => SessionState | Promise<SessionState>, chosen?: string, was?: SessionState): Promise<SessionState> {
  const entries = await me.directory.entries();
  const first = chosen ?? (await me.directory.current());
  if (me.vault) {
    const entry = entries.find(({ worker }) => worker === first);
    return entry ? openStore(me, entry, me.vault) : otherwise();
  }
  if (entries.length === 0) return otherwise();
  const people = await Promise.all(entries.map((entry) => personOf(me, entry)));
  if (was && me.state.value !== was) return me.state.value;
  return become(me, { at: 'locked', people, ...(first === undefined ? {} : { chosen: first }) });
}

async function personOf(me: Me, entry: Entry): Promise<Person> {
  const counts = await Promise.all([entry, ...(entry.left ?? [])].map(({ name }) => waiting(me.indexedDB, name)));
  const known = knownOf(entry);
  // A restart begins the wait anew: the wall clock could be set forward.
  if (known.failed && !me.waits.has(entry.worker)) me.waits.set(entry.worker, me.clock.steady() + waitAfter(known.failed));
  return { ...known, unsent: counts.reduce((a, b) => a + b, 0) };
}

/** She signed in and has a store here already: her PIN, with a new lease. */
export async function welcomed(me: Me, entry: Entry): Promise<SessionState> {
  await closeStore(me);
  await me.directory.setEntry(entry);
  return lockedOr(me, () => me.state.value, entry.worker);
}

export async function unlock(me: Me, worker: string, pin: string): Promise<SessionState> {
  if ((me.waits.get(worker) ?? 0) > me.clock.steady()) throw new StoreError('pin_wait');
  // The stretching takes as long as all the rest; what it gives is looked at only once the try is counted on disk.
  const known = await me.directory.entry(worker);
  const begun = known?.lock && doorOf(known.lock) === 'pin' ? beginStretch(pin, known.lock) : undefined;
  const [tried, town] = await Promise.all([me.directory.changeEntry(worker, (entry) => counted(entry, me.clock.today())), townOf(me)]);
  if (!tried?.lock) throw new StoreError('pin_gone');
  const door = doorOf(tried.lock);
  if (door !== 'pin') return refuse(me, worker, door === 'over' ? 'lease_over' : 'pin_gone');
  try {
    const root = await openLock(tried.lock, pin, worker, begun);
    const entry = { ...tried, lock: { ...(await withNextShare(tried.lock, pin, worker)), failed: 0 } };
    me.waits.delete(worker);
    const coming = me.coming?.worker.id === worker ? me.coming : undefined;
    return await openStore(me, entry, await createVault(root), coming, root, town);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'wrong_pin') throw error;
    return wrong(me, worker, tried.lock.failed);
  }
}

/** A try and a use are counted on disk before the try is made; a share whose time is long over goes. */
function counted(entry: Entry, day: string): Entry {
  if (!entry.lock) return entry;
  const lock: Lock = { ...entry.lock, failed: entry.lock.failed + 1, lease: countUse(entry.lock.lease, day) };
  if (leaseState(lock.lease).at === 'gone') delete lock.share;
  return { ...entry, lock };
}

async function withNextShare(lock: Lock, pin: string, worker: string): Promise<Lock> {
  if (!lock.next) return lock;
  return rewrap(lock, pin, worker, { pin, share: { key: lock.next.share, mark: lock.next.mark } });
}

async function wrong(me: Me, worker: string, failed: number): Promise<never> {
  me.waits.set(worker, me.clock.steady() + waitAfter(failed));
  if (!isLast(failed)) return refuse(me, worker, 'wrong_pin');
  await me.directory.changeEntry(worker, (entry) => {
    if (!entry.lock) return entry;
    const { wrap: _, ...lock } = entry.lock;
    return { ...entry, lock };
  });
  return refuse(me, worker, 'pin_gone');
}

async function refuse(me: Me, worker: string, code: string): Promise<never> {
  await lockedOr(me, () => me.state.value, worker);
  throw new StoreError(code);
}

export async function lock(me: Me): Promise<SessionState> {
  if (!me.open || me.vault) return me.state.value;
  // What was read goes from the screen before anything is waited for.
  const { worker } = me.open.entry;
  become(me, { at: 'starting' });
  await closeStore(me);
  void leaveReady(me);
  return lockedOr(me, () => signedOut(me), worker);
}

/** Sealed and signed, for the browser to send once there is a network. */
export async function leaveReady({ indexedDB, directory, later }: Me): Promise<void> {
  if (!later) return;
  const posted = await import('./parcel').then(({ packAll }) => packAll(indexedDB, directory)).catch(() => []);
  if (posted.length === 0) return;
  await directory.setPosted(posted).then(later).catch(() => undefined);
}

/** An hour of work counts as a use; a lease that ends so locks. */
export async function tick(me: Me): Promise<void> {
  if (!me.open?.entry.lock) return;
  const day = me.clock.today();
  const entry = await me.directory.changeEntry(me.open.entry.worker, (known) => (known.lock ? { ...known, lock: { ...known.lock, lease: countUse(known.lock.lease, day) } } : known));
  if (entry && me.open) me.open.entry = entry;
  if (entry && doorOf(entry.lock) !== 'pin') await lock(me);
}

export function forgot(me: Me, worker: string): SessionState {
  me.forgot = worker;
  return become(me, { at: 'signed_out', why: 'forgot', back: true });
}
