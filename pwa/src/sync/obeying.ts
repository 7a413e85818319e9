/** A lost phone's last deed. */
import { utf8 } from '../store/bytes';
import { type Wiped, wipe } from '../store/wipe';
import { type CourierSetup, carry } from './courier';
import { signBody } from './seal';

type Belongings = Pick<Wiped, 'local' | 'caches' | 'workers'>;

/**
 * A signed order came. All that is sealed goes to the town first; if some of it cannot be left there, nothing is wiped
 * now. Answers how to confirm it: signed before the key goes, to be sent after.
 */
export async function deliverAndWipe(setup: CourierSetup, belongings: Belongings): Promise<(() => Promise<unknown>) | undefined> {
  const { stuck, wipe: ordered } = await carry(setup, { ask: true });
  const known = await setup.directory.registration();
  const [entry] = await setup.directory.entries();
  if (stuck || !ordered || !known || !entry) return undefined;
  const headers = await signBody(known.keys.privateKey, known.phone, entry.store, utf8('{}'));
  await wipe({ indexedDB: setup.indexedDB, directory: setup.directory, ...belongings });
  return () => setup.line.send(`/api/devices/${known.phone}/wiped`, {}, () => Promise.resolve(headers));
}
