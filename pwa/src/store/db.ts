/**
 * The IndexedDB of one store (worker × phone). In the clear lie only ids, feed aliases (random per phone), dseq and sync
 * states; everything else is in `box`, sealed. The shape is final: later versions may add tables, never change these.
 */
import { StoreError } from './api';
import type { Bytes } from './bytes';
import { type Db as DbOf, type Tx, asked, dbOver } from './idb';

/** out = waiting to be sent; sent = received, not yet seen coming back; kept = received and seen, no backup known to hold it. */
export type OutState = 'out' | 'sent' | 'kept' | 'parked' | 'fork';

export interface OutRow {
  store: string;
  dseq: number;
  id: string;
  state: OutState;
  /** when the receipt came, ms */
  at?: number;
  /** empty: she wrote it while the store was closed */
  box: Bytes;
  /** the same event sealed to the server's key, for delivery without her PIN */
  post?: Bytes;
  /** the life of the server that took it, where it was delivered unread */
  epoch?: string;
}
/** `v` counts rewrites and is bound into the seal. */
export interface SealedRow {
  v: number;
  box: Bytes;
}
/**
 * Of one store id: newest dseq taken, newest that may have been on the line, newest known to lie in a backup.
 * `sure`: the server was asked how far it has this store, so that an emptied memory does not start at 1 again.
 */
export interface Counter {
  store: string;
  device: string;
  last: number;
  tried: number;
  backed: number;
  sure: boolean;
}

export interface Tables {
  /** 'mirror': epoch, cursor, feeds; 'news': receipts, notices, offset, worker */
  meta: { key: string; value: SealedRow };
  counters: { key: string; value: Counter };
  /** key: [feed alias, household id]: one sealed row a household and feed, so that dropping a feed is one range */
  rows: { key: [string, string]; value: SealedRow & { f: string; b: string } };
  outbox: { key: [string, number]; value: OutRow };
  drafts: { key: string; value: SealedRow & { id: string } };
}
export type Db = DbOf<Tables>;

export interface Watch {
  /** another window holds an older version open */
  blocked(): void;
  /** this connection was closed: a newer version wants in, or the browser gave up the database */
  lost(): void;
}

/** Opens (and makes, when new) the database `name`. Rejects `blocked` never: it waits, and `watch.blocked` says so. */
export async function openDb(factory: IDBFactory, name: string, watch: Watch): Promise<Db> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => build(request.result);
  request.onblocked = () => watch.blocked();
  const db = await asked(request);
  db.onversionchange = () => {
    db.close();
    watch.lost();
  };
  db.onclose = () => watch.lost();
  return dbOver(db);
}

/** Repeatable: a cut-off upgrade may have made some of them. */
function build(db: IDBDatabase): void {
  const make = (name: string, keyPath?: string | string[]) => {
    if (!db.objectStoreNames.contains(name)) db.createObjectStore(name, keyPath === undefined ? {} : { keyPath });
  };
  make('meta');
  make('counters', 'store');
  make('rows', ['f', 'b']);
  make('outbox', ['store', 'dseq']);
  make('drafts', 'id');
}

type Table = 'meta' | 'counters' | 'rows' | 'outbox' | 'drafts';

/**
 * One transaction over `tables`; `work` may await nothing but its requests. New facts ask for 'strict' durability, what
 * the server can send again does not. Rejects `full_disk` or `closed`; then nothing of it was written.
 */
export function write<T>(db: Db, tables: Table[], durability: 'strict' | 'relaxed', work: (tx: WriteTx) => Promise<T>): Promise<T> {
  return coded(async () => {
    const tx = db.transaction(tables, 'readwrite', { durability });
    const result = await work(tx).catch((error: unknown) => {
      abort(tx);
      throw error;
    });
    await tx.done;
    return result;
  });
}
export type WriteTx = Tx<Tables>;

function abort(tx: WriteTx): void {
  try {
    tx.abort();
  } catch {
    // it has ended by itself already
  }
}

/** Says by our codes what the browser says by its own names. */
export async function coded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw named(error);
  }
}

function named(error: unknown): unknown {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return new StoreError('full_disk');
  if (name === 'InvalidStateError') return new StoreError('closed');
  return error;
}
