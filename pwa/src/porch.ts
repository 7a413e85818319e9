/** A session that answers at once: the sign-in shows while the engine room is still being fetched. */
import { effect, signal } from '@preact/signals';
import type { Session, SessionState } from './sync/session';

/** `known`: somebody has worked on this phone before, so her store is about to open. */
export function createPorch(load: () => Promise<Session>, known: boolean): Session {
  const state = signal<SessionState>(known ? { at: 'starting' } : { at: 'signed_out' });
  const room = load().then((session) => {
    effect(() => {
      const now = session.state.value;
      if (now.at !== 'starting') state.value = now;
    });
    return session;
  });
  // The files did not come, or the browser keeps nothing: the page says how to try again.
  room.catch(() => { state.value = { at: 'blocked' }; });
  return {
    state,
    resume: async () => (await room).resume(),
    signIn: async (username, password) => (await room).signIn(username, password),
    register: async (code, label) => (await room).register(code, label),
    signOut: async () => (await room).signOut(),
    mark: async () => (await room).mark(),
  };
}
