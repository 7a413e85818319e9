/**
 * Who is at work on this phone: sign in, register the phone, open her store, sign out.
 * Signing out never deletes anything; a reload without a network opens the last worker's store again.
 */
import type { Engine, Store, Worker } from '../store/api';

/** `store` and `engine` belong together and live until `signOut` or `close`. */
export interface Open {
  store: Store;
  engine: Engine;
}
export type SessionState =
  | { at: 'starting' }
  | { at: 'signed_out'; last?: { name: string } }
  /** signed in, but this phone is not registered (or must be again): ask for the desk's one-time code */
  | { at: 'unregistered'; worker: Worker; why?: 'new' | 'fork' | 'store_emptied' }
  | ({ at: 'open'; worker: Worker } & Open)
  | { at: 'blocked' };

export interface Session {
  /** Opens the last worker's store if there is one; needs no network. */
  resume(): Promise<SessionState>;
  /** Rejects SyncError: bad_credentials, rate_limited, offline, captive_portal, … */
  signIn(username: string, password: string): Promise<SessionState>;
  /** Rejects SyncError: bad_code, code_expired, … */
  register(code: string, label?: string): Promise<SessionState>;
  /** Never deletes unsent work. */
  signOut(): Promise<SessionState>;
}
