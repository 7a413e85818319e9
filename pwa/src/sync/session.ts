/**
 * Who is at work on this phone: sign in, register the phone, open her store, sign out.
 * Signing out never deletes anything; a reload without a network opens the last worker's store again.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Engine, Store, Worker } from '../store/api';
import { type Directory, type Entry, newKeys, newName, openDirectory } from '../store/directory';
import { type OpenStore, type StoreSetup, createStore } from '../store/store';
import { type EngineSetup, createEngine } from './engine';
import { markOf } from './mark';
import { SyncError, type Transport } from './transport';

/** `store` and `engine` belong together and live until `signOut` or `close`. */
export interface Open {
  store: Store;
  engine: Engine;
}
export type SessionState =
  | { at: 'starting' }
  | { at: 'signed_out'; last?: { name: string } }
  /** signed in, but this phone is not registered (or must be again): ask for the desk's one-time code */
  | { at: 'unregistered'; worker: Worker; why?: 'new' | 'fork' }
  | ({ at: 'open'; worker: Worker } & Open)
  /** works at the desk only: no store on this device */
  | { at: 'desk'; worker: Worker }
  /** another window holds the database: close it or reload this one */
  | { at: 'blocked' };

export interface Session {
  readonly state: ReadonlySignal<SessionState>;
  /** Opens the last worker's store if there is one; needs no network. */
  resume(): Promise<SessionState>;
  /** Rejects SyncError: wrong_password, rate_limited, offline, captive_portal, … */
  signIn(username: string, password: string): Promise<SessionState>;
  /** Rejects SyncError: wrong_code, offline, … Also ends a fork: new events get a new store id. */
  register(code: string, label?: string): Promise<SessionState>;
  /** Never deletes unsent work. */
  signOut(): Promise<SessionState>;
  /** Of the server's keys this phone keeps to; the slip from the desk shows the same. Undefined: not registered. */
  mark(): Promise<string | undefined>;
}

export interface SessionSetup extends Pick<StoreSetup, 'indexedDB' | 'vault' | 'clock' | 'book' | 'storage'> {
  transport: Transport;
  engine?: Pick<EngineSetup, 'locks' | 'surroundings' | 'random'>;
}
interface Known {
  worker: Worker;
  top?: number;
}
interface Me extends SessionSetup {
  directory: Directory;
  state: { value: SessionState };
  open?: { store: OpenStore; engine: Engine };
  worker?: Worker;
}

export async function createSession(setup: SessionSetup): Promise<Session> {
  const state = signal<SessionState>({ at: 'starting' });
  const me: Me = { ...setup, directory: await openDirectory(setup.indexedDB), state };
  return {
    state,
    resume: () => resume(me),
    signIn: (username, password) => signIn(me, username, password),
    register: (code, label) => register(me, code, label),
    signOut: () => signOut(me),
    mark: async () => markOf(await me.directory.registration()),
  };
}

async function resume(me: Me): Promise<SessionState> {
  const worker = await me.directory.current();
  const entry = worker ? await me.directory.entry(worker) : undefined;
  if (entry) return openStore(me, entry);
  const known = await me.transport.get<{ worker: Worker }>('/api/auth/me').catch(() => undefined);
  return known ? settle(me, known.worker) : signedOut(me);
}

async function signIn(me: Me, username: string, password: string): Promise<SessionState> {
  const { worker } = await me.transport.post<{ worker: Worker }>('/api/auth/login', { username, password });
  return settle(me, worker);
}

const DESK = ['station', 'county'];

/** Where someone who is signed in belongs. */
async function settle(me: Me, worker: Worker): Promise<SessionState> {
  me.worker = worker;
  if (worker.areas.every((area) => DESK.includes(area.role)) && DESK.includes(worker.role)) return become(me, { at: 'desk', worker });
  const entry = await joined(me, worker);
  if (!entry) return become(me, { at: 'unregistered', worker, why: 'new' });
  return openStore(me, entry.entry, { worker, top: entry.top });
}

/** Her store on this registered phone, asked from the server; undefined when the phone must be registered first. */
async function joined(me: Me, worker: Worker): Promise<{ entry: Entry; top: number } | undefined> {
  const registration = await me.directory.registration();
  if (!registration) return undefined;
  const device = registration.phone;
  const known = await me.directory.entry(worker.id);
  try {
    const { store, top } = await me.transport.post<{ store: string; top: number }>(`/api/devices/${device}/stores`);
    return { entry: await enter(me, worker, store, device, known), top };
  } catch (error) {
    if (error instanceof SyncError && (error.status === 404 || error.code === 'phone_revoked')) return undefined;
    throw error;
  }
}

async function enter(me: Me, worker: Worker, store: string, device: string, known: Entry | undefined): Promise<Entry> {
  const entry: Entry = { worker: worker.id, initial: worker.name.slice(0, 1), name: known?.name ?? newName(), store, device };
  await me.directory.setEntry(entry);
  return entry;
}

interface Registered {
  phone: string;
  store: string;
  server_sign_key: JsonWebKey;
  server_seal_key: JsonWebKey;
}

async function register(me: Me, code: string, label = ''): Promise<SessionState> {
  const worker = me.worker ?? me.open?.store.worker.value;
  if (!worker) return signedOut(me);
  const keys = await newKeys();
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const given = await me.transport.post<Registered>('/api/devices', { code, public_key: { kty, crv, x, y }, label });
  await me.directory.setRegistration({ phone: given.phone, keys, serverSignKey: given.server_sign_key, serverSealKey: given.server_seal_key });
  const entry = await enter(me, worker, given.store, given.phone, await me.directory.entry(worker.id));
  return openStore(me, entry, { worker, top: 0 });
}

async function openStore(me: Me, entry: Entry, known?: Known): Promise<SessionState> {
  await closeStore(me);
  const { indexedDB, vault, clock, book, storage, transport } = me;
  const unknown: Worker = { id: entry.worker, name: entry.initial, role: '', areas: [] };
  const blocked = { onBlocked: () => become(me, { at: 'blocked' }), onLost: () => become(me, { at: 'blocked' }) };
  const fresh = known?.top === undefined ? {} : { top: known.top };
  const about = { name: entry.name, device: entry.device, store: entry.store, worker: known?.worker ?? unknown, fresh: known !== undefined };
  const store = await createStore({ indexedDB, vault, clock, book, ...(storage ? { storage } : {}), ...about, ...fresh, ...blocked });
  const engine = createEngine({ store, transport, clock, ...me.engine });
  me.open = { store, engine };
  await me.directory.setCurrent(entry.worker);
  return become(me, { at: 'open', worker: store.worker.value, store, engine });
}

async function closeStore(me: Me): Promise<void> {
  me.open?.engine.stop();
  await me.open?.store.close();
  delete me.open;
}

async function signOut(me: Me): Promise<SessionState> {
  await closeStore(me);
  await me.directory.setCurrent(undefined);
  delete me.worker;
  await me.transport.post('/api/auth/logout').catch(() => undefined);
  return signedOut(me);
}

/** By the initials that the phone keeps in the clear, whose work lies here. */
async function signedOut(me: Me): Promise<SessionState> {
  const names = (await me.directory.entries()).map((entry) => entry.initial);
  return become(me, { at: 'signed_out', ...(names.length ? { last: { name: names.join('、') } } : {}) });
}

function become(me: Me, state: SessionState): SessionState {
  me.state.value = state;
  return state;
}
