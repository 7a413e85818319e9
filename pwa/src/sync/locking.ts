/** The lock page's side of a session: whose stores lie here, and what can be done without the digits that open one. */
import type { Entry } from '../store/directory';
import type { Lock } from '../store/keyring';
import { countUse, leaseState } from '../store/lease';
import { waitAfter } from '../store/tries';
import { waiting } from '../store/within';
import { doorOf, knownOf } from './doors';
import { type Me, type Person, type SessionState, become, signedOut } from './me';
import { closeStore, openStore } from './opening';

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

/** One use more of the lease; a share whose time is long over goes. */
export function used(entry: Entry, day: string): Entry {
  if (!entry.lock) return entry;
  const lock: Lock = { ...entry.lock, lease: countUse(entry.lock.lease, day) };
  if (leaseState(lock.lease).at === 'gone') delete lock.share;
  return { ...entry, lock };
}

/** Where the lease is over no digits are tried any more: a start is a use, so that the share goes in its time. */
export async function countStart(me: Me, people: readonly Person[]): Promise<void> {
  for (const { worker, door } of people) if (door === 'over') await me.directory.changeEntry(worker, (entry) => used(entry, me.clock.today()));
}

export async function lock(me: Me): Promise<SessionState> {
  if (!me.open || me.vault) return me.state.value;
  // What was read goes from the screen before anything is waited for.
  const { worker } = me.open.entry;
  become(me, { at: 'starting' });
  await closeStore(me);
  void import('./parcel').then((m) => m.leaveReady(me)).catch(() => undefined);
  return lockedOr(me, () => signedOut(me), worker);
}

/** An hour of work counts as a use; a lease that ends so locks. */
export async function tick(me: Me): Promise<void> {
  if (!me.open?.entry.lock) return;
  const entry = await me.directory.changeEntry(me.open.entry.worker, (known) => used(known, me.clock.today()));
  if (entry && me.open) me.open.entry = entry;
  if (entry && doorOf(entry.lock) !== 'pin') await lock(me);
}

export function forgot(me: Me, worker: string): SessionState {
  me.forgot = worker;
  return become(me, { at: 'signed_out', why: 'forgot', back: true });
}
