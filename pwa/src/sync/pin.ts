/** Another PIN for the store that is open; the old one must be right. */
import { StoreError } from '../store/api';
import { rewrap } from '../store/keyring';
import { weakness } from '../store/pins';
import type { Me } from './me';

export async function changePin(me: Me, pin: string, to: string): Promise<void> {
  const weak = weakness(to);
  if (weak) throw new StoreError(weak);
  const { open } = me;
  const lock = open?.entry.lock;
  if (!open || !lock?.share) throw new StoreError('closed');
  const changed = await rewrap(lock, pin, open.entry.worker, { pin: to, share: { key: lock.share, mark: lock.mark } });
  const { salt, wrap } = changed;
  const entry = await me.directory.changeEntry(open.entry.worker, (known) => (known.lock && wrap ? { ...known, lock: { ...known.lock, salt, wrap } } : known));
  if (entry) open.entry = entry;
}
