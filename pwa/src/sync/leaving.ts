/** Signing out, which deletes nothing, and a lost phone's end, which deletes everything once it is delivered. */
import { utf8 } from '../store/bytes';
import { wipe } from '../store/wipe';
import { carry } from './courier';
import { type Me, type SessionState, become, signedOut } from './me';
import { closeStore } from './opening';
import { signBody } from './seal';

export async function signOut(me: Me): Promise<SessionState> {
  await closeStore(me);
  delete me.worker;
  delete me.coming;
  await me.transport.post('/api/auth/logout').catch(() => undefined);
  return signedOut(me);
}

/**
 * A signed order came. All that is sealed goes to the town first; if some of it cannot be left there, nothing is wiped
 * now. The confirmation is signed before the key goes and sent after.
 */
export async function obey(me: Me): Promise<void> {
  await closeStore(me);
  const { indexedDB, directory, transport, clock, belongings = {} } = me;
  const { stuck, wipe: stands } = await carry({ indexedDB, directory, line: transport, now: () => clock.now() }, { ask: true });
  const known = await directory.registration();
  const [entry] = await directory.entries();
  if (stuck || !stands || !known || !entry) return;
  const headers = await signBody(known.keys.privateKey, known.phone, entry.store, utf8('{}'));
  await wipe({ indexedDB, directory, ...belongings });
  become(me, { at: 'signed_out', why: 'wiped' });
  await transport.send(`/api/devices/${known.phone}/wiped`, {}, () => Promise.resolve(headers)).catch(() => undefined);
}
