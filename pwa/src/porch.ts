/** A session that answers at once: the sign-in shows while the engine room is still being fetched. */
import { effect, signal } from '@preact/signals';
import type { Session, SessionState } from './sync/session';

/** `known`: somebody has worked on this phone before, so her store is about to open. */
export function createPorch(load: () => Promise<Session>, known: boolean): Session {
  const state = signal<SessionState>(known ? { at: 'starting' } : { at: 'signed_out' });
  const inside: { session?: Session } = {};
  const room = load().then((session) => {
    inside.session = session;
    effect(() => {
      const now = session.state.value;
      if (now.at !== 'starting' || state.peek().at === 'open') state.value = now;
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
    setPin: async (pin) => (await room).setPin(pin),
    unlock: async (worker, pin) => (await room).unlock(worker, pin),
    changePin: async (pin, to) => (await room).changePin(pin, to),
    lock: async () => (await room).lock(),
    waitFor: (worker) => inside.session?.waitFor(worker) ?? 0,
    forgot: (worker) => inside.session?.forgot(worker) ?? state.value,
    back: async () => (await room).back(),
    jot: async (worker, note) => (await room).jot(worker, note),
    deliver: async () => (await room).deliver(),
    parcel: async () => (await room).parcel(),
    tick: async () => (await room).tick(),
    signOut: async () => (await room).signOut(),
    changePassword: async (old, fresh) => (await room).changePassword(old, fresh),
    mark: async () => (await room).mark(),
  };
}
