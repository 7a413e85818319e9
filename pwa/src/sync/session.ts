/**
 * Who is at work on this phone: sign in, register the phone, choose a PIN, unlock, lock, sign out. None of it deletes
 * anything that was not delivered; a reload without a network asks for the PIN and no more.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import { openDirectory } from '../store/directory';
import type { Carried } from './courier';
import type { Jotted } from './jotting';
import { countStart, forgot, lock, lockedOr, tick } from './locking';
import { type Me, type SessionSetup, type SessionState, signedOut } from './me';
import type { GuardState } from './guarding';
import type { SyncError } from './transport';
import { wakeful } from './waking';
import type { Worker } from '../store/api';

export type { Open, Person, SessionSetup, SessionState } from './me';
export type { Jotted } from './jotting';

export interface Session {
  readonly state: ReadonlySignal<SessionState>;
  /** The lock page if somebody has a store here; needs no network. */
  resume(): Promise<SessionState>;
  /** Rejects SyncError: wrong_password, rate_limited, offline, captive_portal, … */
  signIn(username: string, password: string): Promise<SessionState>;
  /** Rejects SyncError: wrong_code, offline, … Also ends a fork: new events get a new store id. */
  register(code: string, label?: string): Promise<SessionState>;
  /** After signing in. Rejects StoreError pin_length, pin_repeats, pin_row, pin_birthday. */
  setPin(pin: string): Promise<SessionState>;
  /** Rejects StoreError wrong_pin, pin_wait, pin_gone, lease_over, guard_refused; the state says how many tries were wrong. */
  unlock(worker: string, pin: string): Promise<SessionState>;
  /** While open. Rejects wrong_pin and what setPin rejects. */
  changePin(pin: string, to: string): Promise<void>;
  /** While open: whether the phone's own lock could be asked beside her digits, or is. */
  guard(): Promise<GuardState>;
  /** While open: asks for it from the next unlocking on, or no more. Rejects wrong_pin, guard_refused, guard_absent. */
  setGuard(pin: string, on: boolean): Promise<void>;
  /** Drops the keys and everything that was read with them. */
  lock(): Promise<SessionState>;
  /** How long (ms) until the next try at her PIN counts. */
  waitFor(worker: string): number;
  /** She does not know her PIN: sign in with a network and choose another. */
  forgot(worker: string): SessionState;
  /** Back to the lock page from signing in. */
  back(): Promise<SessionState>;
  /** A note that only the town can read, written while her store stays closed. */
  jot(worker: string, note: Jotted): Promise<void>;
  /** Sends what waits, sealed, for everybody on this phone. Rejects SyncError. */
  deliver(): Promise<Carried>;
  /** The same as a file for the station; null when nothing waits. */
  parcel(): Promise<Blob | null>;
  /** An hour of work went by. */
  tick(): Promise<void>;
  /** Never deletes unsent work. */
  signOut(): Promise<SessionState>;
  /** With a network. Rejects SyncError: wrong_password, weak_password, offline, … */
  changePassword(old: string, fresh: string): Promise<void>;
  /** Of the server's keys this phone keeps to; the slip from the desk shows the same. Undefined: not registered. */
  mark(): Promise<string | undefined>;
}

/** Signing in, registering and a new PIN come when they are wanted: on most days nobody does any of it. */
const entering = () => import('./entering');
const leaving = () => import('./leaving');
const guarding = () => import('./guarding');

export async function createSession(setup: SessionSetup): Promise<Session> {
  const state = signal<SessionState>({ at: 'starting' });
  const directory = setup.directory ?? (await openDirectory(setup.indexedDB));
  const me: Me = { ...setup, directory, transport: wakeful(setup.transport, directory), state, waits: new Map() };
  return {
    state,
    resume: () => resume(me),
    signIn: async (username, password) => (await entering()).signIn(me, username, password),
    register: async (code, label) => (await entering()).register(me, code, label),
    setPin: async (pin) => (await entering()).setPin(me, pin),
    unlock: async (worker, pin) => (await import('./unlocking')).unlock(me, worker, pin),
    changePin: async (old, to) => (await import('./pin')).changePin(me, old, to),
    guard: async () => (await guarding()).guardState(me),
    setGuard: async (digits, on) => (await guarding()).setGuard(me, digits, on),
    lock: () => lock(me),
    waitFor: (worker) => Math.max(0, (me.waits.get(worker) ?? 0) - me.clock.steady()),
    forgot: (worker) => forgot(me, worker),
    back: () => lockedOr(me, () => signedOut(me)),
    jot: async (worker, note) => (await import('./jotting')).jot(me, worker, note),
    deliver: () => deliver(me),
    parcel: async () => (await import('./parcel')).parcelFile(me.indexedDB, me.directory),
    tick: () => tick(me),
    signOut: async () => (await leaving()).signOut(me),
    changePassword: async (old, fresh) => void (await me.transport.post('/api/auth/password', { old, new: fresh })),
    mark: async () => (await import('./mark')).markOf(await me.directory.registration()),
  };
}

async function resume(me: Me): Promise<SessionState> {
  const state = await lockedOr(me, async () => {
    if (await me.directory.lastWord()) return (await leaving()).wiped(me);
    const known = await me.transport.get<{ worker: Worker; phone: string | null }>('/api/auth/me').catch((error: unknown) => error as SyncError);
    const phone = 'worker' in known ? known.phone : known.asleep;
    me.emptied = Boolean(phone) && !(await me.directory.registration());
    return 'worker' in known ? (await entering()).settle(me, known.worker) : signedOut(me);
  });
  if (state.at === 'locked') await countStart(me, state.people);
  return state;
}

async function deliver(me: Me): Promise<Carried> {
  const { indexedDB, directory, transport, clock } = me;
  const { carry } = await import('./courier');
  const carried = await carry({ indexedDB, directory, line: transport, now: () => clock.now() }, { open: me.open?.entry.name, ask: true });
  const was = me.state.value;
  if (carried.wipe) await (await leaving()).obey(me);
  // Whoever has gone on meanwhile, to sign in or into her store, is not brought back.
  else if (was.at === 'locked') await lockedOr(me, () => was, undefined, was);
  return carried;
}
