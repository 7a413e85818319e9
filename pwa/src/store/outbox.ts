/**
 * What this phone has said and no backup is known to hold. A record *is* its outbox row until the mirror has it, so the
 * two can never disagree. Rows leave only when a backup holds them, or the server erased what they speak of.
 */
import { StoreError, type Where } from './api';
import type { Counter, Db, OutRow, OutState, WriteTx } from './db';
import { write } from './db';
import { openJson, sealJson } from './sealing';
import type { Vault } from './vault';
import type { Event } from './wire';

export interface Local {
  store: string;
  dseq: number;
  state: OutState;
  at?: number;
  event: Event;
  flags?: string[];
  /** it was delivered sealed, while the store was closed */
  carried?: true;
}
interface Boxed {
  e: Event;
  flags?: string[];
}

const placeOf = (id: string) => `outbox/${id}`;

export const sealLocal = (vault: Vault, event: Event, flags?: string[]) =>
  sealJson(vault, 'outbox', placeOf(event.id), flags ? { e: event, flags } : { e: event });

/**
 * Everything that was written while the store was open, in order of store and dseq. One that cannot be opened is left where it lies and does not hide the others;
 * when none can, the key is wrong: rejects `unreadable`.
 */
export async function openOutbox(vault: Vault, all: readonly OutRow[]): Promise<{ locals: Local[]; unreadable: number }> {
  const rows = all.filter((row) => row.box.length > 0);
  const opened = await Promise.all(rows.map((row) => openLocal(vault, row).catch(() => undefined)));
  const locals = opened.filter((local): local is Local => local !== undefined);
  if (rows.length && !locals.length) throw new StoreError('unreadable');
  return { locals, unreadable: rows.length - locals.length };
}

async function openLocal(vault: Vault, row: OutRow): Promise<Local> {
  const { e, flags } = await openJson<Boxed>(vault, 'outbox', placeOf(row.id), row.box);
  const local: Local = { store: row.store, dseq: row.dseq, state: row.state, event: e };
  if (row.at !== undefined) local.at = row.at;
  if (row.epoch !== undefined) local.carried = true;
  if (flags) local.flags = flags;
  return local;
}

export async function counterOf(tx: WriteTx, store: string, device: string): Promise<Counter> {
  return (await tx.objectStore('counters').get(store)) ?? { store, device, last: 0, tried: 0, backed: 0, sure: false };
}

/** Whether this store's numbers are known to start above what the server has: not after its memory was emptied. */
export async function isNumbered(db: Db, store: string): Promise<boolean> {
  return (await db.table('counters').get(store))?.sure === true;
}

/** Moves what was never on the line above `top`, by `by` from number `from` on; free to repeat. */
export function renumberAbove(db: Db, store: string, device: string, top: number): Promise<{ from: number; by: number; emptied: boolean }> {
  return write(db, ['counters', 'outbox'], 'strict', async (tx) => {
    const table = tx.objectStore('outbox');
    const counter = await counterOf(tx, store, device);
    const from = counter.tried + 1;
    const rows = await table.getAll(IDBKeyRange.bound([store, from], [store, Infinity]));
    const by = Math.max(0, top - counter.tried);
    if (by > 0) {
      for (const row of rows) await table.delete([store, row.dseq]);
      for (const row of rows) await table.add({ ...row, dseq: row.dseq + by });
    }
    const emptied = top > counter.last;
    await tx.objectStore('counters').put({ ...counter, last: counter.last + by, tried: Math.max(counter.tried, top), sure: true });
    return { from, by, emptied };
  });
}

/** Where the mark stands beside it. */
export function whereOf(state: OutState): Where {
  if (state === 'out') return 'here';
  return state === 'parked' || state === 'fork' ? 'ask' : 'town';
}
