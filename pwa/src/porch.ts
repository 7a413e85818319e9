/** A session that answers at once: the sign-in, or the lock page, shows while the engine room is still being fetched. */
import { effect, signal } from '@preact/signals';
import type { Entry } from './store/directory';
import { knownOf } from './sync/doors';
import type { Session, SessionState } from './sync/session';

/** `entries`: who has worked on this phone before; `chosen`: whose name stands first. */
export function createPorch(load: () => Promise<Session>, entries: readonly Entry[], chosen?: string): Session {
  const locked: SessionState = { at: 'locked', people: entries.map(knownOf), ...(chosen === undefined ? {} : { chosen }) };
  const state = signal<SessionState>(entries.length > 0 ? locked : { at: 'signed_out' });
  const inside: { session?: Session; resumed?: Promise<SessionState> } = {};
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
  // What the lock page asks for waits until it is known what lies here, and how long the next try has to wait.
  const looked = async (): Promise<Session> => {
    const session = await room;
    await inside.resumed?.catch(() => undefined);
    return session;
  };
  return {
    state,
    resume: () => (inside.resumed = room.then((session) => session.resume())),
    signIn: async (username, password) => (await room).signIn(username, password),
    register: async (code, label) => (await room).register(code, label),
    setPin: async (pin) => (await room).setPin(pin),
    unlock: async (worker, pin) => (await looked()).unlock(worker, pin),
    changePin: async (pin, to) => (await room).changePin(pin, to),
    guard: async () => (await room).guard(),
    setGuard: async (pin, on) => (await room).setGuard(pin, on),
    lock: async () => (await room).lock(),
    waitFor: (worker) => inside.session?.waitFor(worker) ?? 0,
    forgot: (worker) => inside.session?.forgot(worker) ?? state.value,
    back: async () => (await room).back(),
    jot: async (worker, note) => (await looked()).jot(worker, note),
    deliver: async () => (await looked()).deliver(),
    parcel: async () => (await looked()).parcel(),
    tick: async () => (await room).tick(),
    signOut: async () => (await looked()).signOut(),
    changePassword: async (old, fresh) => (await room).changePassword(old, fresh),
    mark: async () => (await room).mark(),
  };
}
