/** Signing out, which deletes nothing, and a lost phone's end, which deletes everything once it is delivered. */
import { type Me, type SessionState, become, signedOut } from './me';
import { deliverAndWipe, tellWiped } from './obeying';
import { closeStore } from './opening';

export async function signOut(me: Me): Promise<SessionState> {
  await closeStore(me);
  delete me.worker;
  delete me.coming;
  await me.transport.post('/api/auth/logout').catch(() => undefined);
  return signedOut(me);
}

/** Everything on this phone goes home and then away; the page says so. */
export async function obey(me: Me): Promise<void> {
  await closeStore(me);
  const { indexedDB, directory, transport, clock, belongings = {} } = me;
  if (await deliverAndWipe({ indexedDB, directory, line: transport, now: () => clock.now() }, belongings)) await wiped(me);
}

/** Says so, here and to the town. */
export async function wiped(me: Me): Promise<SessionState> {
  const state = become(me, { at: 'signed_out', why: 'wiped' });
  await tellWiped({ directory: me.directory, line: me.transport });
  return state;
}
