/** A database that nobody has opened: what can be learned of its outbox without any key of hers. */
import { type Db, openDb } from './db';
import type { Place } from './directory';

const nothing = { blocked: () => undefined, lost: () => undefined };

/** Opens the database, which is made when it is not there, and closes it. */
export async function within<T>(factory: IDBFactory, name: string, task: (db: Db) => Promise<T>): Promise<T> {
  const db = await openDb(factory, name, nothing);
  try {
    return await task(db);
  } finally {
    db.close();
  }
}

/** How many wait to be sent. */
export const waiting = (factory: IDBFactory, name: string): Promise<number> =>
  within(factory, name, async (db) => (await db.table('outbox').getAll()).filter((row) => row.state === 'out').length);

/** Highest dseq given out under a store id. */
export const newestNumber = (factory: IDBFactory, { name, store }: Place): Promise<number> =>
  within(factory, name, async (db) => (await db.table('counters').get(store))?.last ?? 0);
