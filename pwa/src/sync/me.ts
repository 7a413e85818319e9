/** What a session is made of; shared by its parts, seen by nobody else. */
import type { Clock } from '../clock';
import type { Engine, Store, Worker } from '../store/api';
import type { Directory, Entry } from '../store/directory';
import type { Guard, Share } from '../store/keyring';
import type { OpenStore, StoreSetup } from '../store/store';
import type { Vault } from '../store/vault';
import type { Bytes } from '../store/bytes';
import type { EngineSetup } from './engine';
import type { SignedLine, Transport } from './transport';

/** `store` and `engine` belong together and live until `lock`, `signOut` or `close`. */
export interface Open {
  store: Store;
  engine: Engine;
}
/** Someone with a store on this phone. `door`: what stands between her and it. */
export interface Person {
  worker: string;
  initial: string;
  /** absent while it is being counted */
  unsent?: number;
  /** pin: six digits open it · over: too long without the town, sign in · gone: too many wrong PINs, sign in */
  door: 'pin' | 'over' | 'gone';
  /** days until the lease ends, when that is soon */
  daysLeft?: number;
  failed: number;
}
export type SessionState =
  | { at: 'starting' }
  /** `why` forgot: she signs in to choose a new PIN; wiped: this phone was reported lost and has emptied itself */
  | { at: 'signed_out'; last?: { name: string }; why?: 'forgot' | 'wiped'; back?: true }
  /** signed in, but this phone is not registered (or must be again): ask for the desk's one-time code */
  | { at: 'unregistered'; worker: Worker; why?: 'new' | 'fork' | 'store_emptied' }
  /** signed in on a registered phone: she chooses the six digits that open her store here */
  | { at: 'pin'; worker: Worker; why: 'new' | 'again' }
  /** no key is in memory; `chosen`: whose turn it probably is */
  | { at: 'locked'; people: Person[]; chosen?: string }
  | ({ at: 'open'; worker: Worker; shared: boolean } & Open)
  /** works at the desk only: no store on this device */
  | { at: 'desk'; worker: Worker }
  /** another window holds the database: close it or reload this one */
  | { at: 'blocked' };

/** The phone's own lock: finger, face or screen lock. What it refuses rejects StoreError guard_refused. */
export interface PhoneLock {
  /** Whether this browser on this phone can be asked at all. */
  able(): Promise<boolean>;
  /** A new credential of this phone; `name` is what the phone calls it. Rejects guard_absent where it gives no key. */
  make(name: string): Promise<Guard>;
  /** 32 bytes, the same each time. Needs no network. */
  ask(guard: Guard): Promise<Bytes>;
}

export interface SessionSetup extends Pick<StoreSetup, 'indexedDB' | 'clock' | 'book' | 'storage'> {
  transport: Transport & SignedLine;
  /** where the page has opened it already */
  directory?: Directory;
  /** a key from outside, for tests and for measuring: then nobody is asked for a PIN */
  vault?: Vault;
  /** of the key derivation; without it this phone is measured, never fewer than the floor */
  rounds?: number;
  engine?: Pick<EngineSetup, 'locks' | 'surroundings' | 'random'>;
  /** asks the browser to deliver what waits, unread, once there is a network; absent where it cannot */
  later?: () => Promise<void>;
  /** absent where there is none to ask */
  phoneLock?: () => Promise<PhoneLock>;
  /** what a lost phone empties besides its databases */
  belongings?: { local?: Pick<Storage, 'clear'>; caches?: Pick<CacheStorage, 'keys' | 'delete'>; workers?: Pick<ServiceWorkerContainer, 'getRegistrations'> };
}

/** A worker whom the town knows and whose store is about to open. */
export interface Coming {
  worker: Worker;
  store: string;
  device: string;
  share: Share;
  days: number;
  now: number;
  /** newest dseq that the server has of this store */
  top: number;
}
export interface Me extends SessionSetup {
  directory: Directory;
  state: { value: SessionState };
  open?: { store: OpenStore; engine: Engine; entry: Entry; root?: CryptoKey };
  worker?: Worker;
  coming?: Coming;
  /** there is a session of a phone, and no phone: the browser has forgotten it */
  emptied?: boolean;
  /** who has said that she forgot her PIN */
  forgot?: string;
  /** worker → when (steady ms) the next try counts */
  waits: Map<string, number>;
}

export type { Clock };

export function become(me: Me, state: SessionState): SessionState {
  me.state.value = state;
  return state;
}

/** By the initials that the phone keeps in the clear, whose work lies here. `back`: to their lock page. */
export async function signedOut(me: Me): Promise<SessionState> {
  const names = (await me.directory.entries()).map((entry) => entry.initial);
  return become(me, { at: 'signed_out', ...(names.length ? { last: { name: names.join('、') } } : {}), ...(names.length && !me.vault ? { back: true } : {}) });
}
