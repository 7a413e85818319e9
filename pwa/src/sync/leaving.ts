/** Signing out, which deletes nothing, and a lost phone's end, which deletes everything once it is delivered. */
import { type Me, type SessionState, become, signedOut } from './me';
import { deliverAndWipe } from './obeying';
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
  const confirm = await deliverAndWipe({ indexedDB, directory, line: transport, now: () => clock.now() }, belongings);
  if (!confirm) return;
  become(me, { at: 'signed_out', why: 'wiped' });
  await confirm().catch(() => undefined);
}
