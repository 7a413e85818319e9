/** Who has a store on this phone and what stands before it, from the directory alone: the lock page shows it before the store's own files are here. */
import type { Entry } from '../store/directory';
import type { Lock } from '../store/keyring';
import { leaseState } from '../store/lease';
import type { Person } from './me';

export function doorOf(lock: Lock | undefined): Person['door'] {
  if (!lock?.wrap) return 'gone';
  const { at } = leaseState(lock.lease);
  return !lock.share || at === 'over' || at === 'gone' ? 'over' : 'pin';
}

/** How much of hers waits is not known yet. */
export function knownOf({ worker, initial, lock }: Entry): Person {
  const lease = lock && leaseState(lock.lease);
  const person: Person = { worker, initial, door: doorOf(lock), failed: lock?.failed ?? 0 };
  return lease?.at === 'soon' ? { ...person, daysLeft: lease.left } : person;
}
