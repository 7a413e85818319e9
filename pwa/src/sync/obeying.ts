/** A lost phone's last deed. */
import { utf8 } from '../store/bytes';
import { type Wiped, wipe } from '../store/wipe';
import { type CourierSetup, carry } from './courier';
import { signBody } from './seal';

type Belongings = Pick<Wiped, 'local' | 'caches' | 'workers'>;

/**
 * A signed order came. All that is sealed goes to the town first; if some of it cannot be left there, nothing is wiped
 * now. What tells the town that it is done is signed before the key goes, and sent after (`tellWiped`). Answers whether it is done.
 */
export async function deliverAndWipe(setup: CourierSetup, belongings: Belongings): Promise<boolean> {
  const { stuck, wipe: ordered } = await carry(setup, { ask: true });
  const known = await setup.directory.registration();
  const [entry] = await setup.directory.entries();
  if (stuck || !ordered || !known || !entry) return false;
  const word = await signBody(known.keys.privateKey, known.phone, entry.store, utf8('{}'));
  await wipe({ indexedDB: setup.indexedDB, directory: setup.directory, ...belongings }, word);
  return true;
}

/** The town hears that this phone has wiped itself. Until it has, it stands at the desk as not confirmed, and each start tells it again. */
export async function tellWiped({ directory, line }: Pick<CourierSetup, 'directory' | 'line'>): Promise<void> {
  const word = await directory.lastWord();
  if (!word) return;
  const told = line.send(`/api/devices/${word['suifang-phone'] ?? ''}/wiped`, {}, () => Promise.resolve(word));
  await told.then(() => directory.heard(), () => undefined);
}
