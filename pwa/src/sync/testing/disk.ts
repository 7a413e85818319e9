/** What lies on a phone's disk, read past the store: for saying that nothing is lost. */
import type { OutRow } from '../../store/db';
import { asked } from '../../store/idb';

export interface Disk {
  outbox: OutRow[];
  rows: { f: string; b: string }[];
  drafts: unknown[];
  /** everything as one text, to look for what must not lie in the clear */
  text: string;
}

export async function diskOf(factory: IDBFactory, name: string): Promise<Disk> {
  const db = await asked(factory.open(name));
  const tables = await Promise.all([...db.objectStoreNames].map(async (table) => [table, await allOf(db, table)] as const));
  db.close();
  const found = Object.fromEntries(tables) as unknown as Pick<Disk, 'outbox' | 'rows' | 'drafts'>;
  const text = JSON.stringify(tables, (_, value: unknown) => (value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value));
  return { ...found, text };
}

const allOf = (db: IDBDatabase, table: string) => asked(db.transaction(table).objectStore(table).getAll());
