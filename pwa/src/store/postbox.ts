/**
 * The sealed outbox of a database that nobody has opened: what waits, what was taken, and what she writes while it stays
 * closed. Needs no key of hers and can read nothing.
 */
import type { Bytes } from './bytes';
import { type Counter, type Db, type OutRow, type OutState, write } from './db';
import type { Place } from './directory';
import type { Poster } from './envelope';
import { counterOf } from './outbox';
import type { Event } from './wire';
import { within } from './within';

export interface Sealed {
  id: string;
  dseq: number;
  post: Bytes;
}
/** Sealed rows of one store id, in the order of dseq; `device`: the phone's id when they were numbered. */
export interface Bag {
  store: string;
  device: string;
  rows: Sealed[];
}

/** Rows that no key of hers opens: she wrote them while the store was closed. */
const isClosed = (row: OutRow) => row.box.length === 0;

interface Wanted {
  epoch: string | null;
  closedOnly: boolean;
  skip?: ReadonlySet<string>;
  after?: ReadonlyMap<string, number>;
}

/**
 * The next rows of one store id to deliver, marked as having been on the line; null when there are none. `epoch`: what
 * another life of the server took goes again. `closedOnly`: the rest goes by itself, the store is open. `after`: the number of
 * each store up to which rows are passed over.
 */
export async function nextBag(db: Db, most: number, { epoch, closedOnly, skip, after }: Wanted): Promise<Bag | null> {
  const wanted = (row: OutRow) => row.post && !skip?.has(row.store) && row.dseq > (after?.get(row.store) ?? 0) && (!closedOnly || isClosed(row)) && isDue(row, epoch);
  const all = (await db.table('outbox').getAll()).filter(wanted);
  const first = all[0];
  if (!first) return null;
  const rows = all.filter((row) => row.store === first.store).slice(0, most);
  const counter = await markTried(db, first.store, rows[rows.length - 1]?.dseq ?? 0);
  return { store: first.store, device: counter.device, rows: rows.map(({ id, dseq, post }) => ({ id, dseq, post: post as Bytes })) };
}

const isDue = (row: OutRow, epoch: string | null) => row.state === 'out' || (row.epoch !== undefined && epoch !== null && row.epoch !== epoch);

function markTried(db: Db, store: string, dseq: number): Promise<Counter> {
  return write(db, ['counters'], 'strict', async (tx) => {
    const counter = await counterOf(tx, store, '');
    const next = { ...counter, tried: Math.max(counter.tried, dseq) };
    await tx.objectStore('counters').put(next);
    return next;
  });
}

/** Notes what became of delivered rows, and drops closed ones that a backup holds. */
export function settleBag(db: Db, bag: Bag, states: readonly (OutState | undefined)[], { epoch, backed, at }: { epoch: string; backed: number; at: number }): Promise<void> {
  return write(db, ['outbox'], 'relaxed', async (tx) => {
    const table = tx.objectStore('outbox');
    for (const [i, { id, dseq }] of bag.rows.entries()) {
      const row = await table.get([bag.store, dseq]);
      const state = states[i];
      if (row?.id === id && state) await table.put({ ...row, state, epoch, at });
    }
    const held = await table.getAll(IDBKeyRange.bound([bag.store, 0], [bag.store, backed]));
    for (const row of held) if (isClosed(row) && row.state === 'sent') await table.delete([row.store, row.dseq]);
  });
}

/** Whether everything of a database that no key opens any more is at the town and in a backup. */
export async function isEmptied(db: Db, backed: number): Promise<boolean> {
  const rows = await db.table('outbox').getAll();
  return rows.every((row) => !row.post || (row.state !== 'out' && row.dseq <= backed));
}

/** Writes events into a store that stays closed: sealed to the town alone. */
export async function appendClosed(factory: IDBFactory, place: Place, poster: Poster, event: Event): Promise<void> {
  const post = await poster(event);
  await within(factory, place.name, (db) => write(db, ['counters', 'outbox'], 'strict', async (tx) => {
    const counter = await counterOf(tx, place.store, place.device);
    const dseq = counter.last + 1;
    await tx.objectStore('counters').put({ ...counter, last: dseq });
    await tx.objectStore('outbox').add({ store: place.store, dseq, id: event.id, state: 'out', box: new Uint8Array(0), post });
  }));
}
