/** Forms she has begun, saved field by field, sealed. What a draft is about lies inside the seal. */
import type { Drafts, Value } from './api';
import { b64, randomBytes } from './bytes';
import type { Clock } from '../clock';
import { type Db, coded, write } from './db';
import { type Turn, createTurn, openJson, sealJson } from './sealing';
import type { Vault } from './vault';

interface Draft {
  id: string;
  key: string;
  v: number;
  at: number;
  value: Value;
}
const placeOf = (id: string, v: number) => `drafts/${id}/${v}`;

export interface DraftBox extends Drafts {
  /** the form's rows, another window's too, for a transaction that records it and drops its draft in one; rejects `closed` */
  rowsOf(key: string): Promise<string[]>;
  forget(key: string): void;
  /** Runs after every save under way. */
  settled<T>(task: () => Promise<T>): Promise<T>;
}

export async function openDrafts(db: Db, vault: Vault, clock: Clock): Promise<DraftBox> {
  const held = await openAll(db, vault);
  const desk: Desk = { db, vault, drafts: new Map(held.map((draft) => [draft.key, draft])), turn: createTurn() };
  const { drafts, turn } = desk;
  return {
    save: (key, value) => save(desk, key, value, clock.now()),
    drop: (key) => drop(desk, key),
    load: (key) => drafts.get(key)?.value,
    list: () => [...drafts.values()].map(({ key, at }) => ({ key, at })).sort((a, b) => b.at - a.at),
    rowsOf: (key) => rowsOf(desk, key, drafts.get(key)?.id),
    forget: (key) => void drafts.delete(key),
    settled: (task) => turn(task),
  };
}

interface Desk {
  db: Db;
  vault: Vault;
  drafts: Map<string, Draft>;
  turn: Turn;
}

async function save(desk: Desk, key: string, value: Value, at: number): Promise<void> {
  const { db, vault, drafts, turn } = desk;
  const was = drafts.get(key);
  const draft: Draft = { id: was?.id ?? b64(randomBytes(12)), key, v: (was?.v ?? 0) + 1, at, value };
  drafts.set(key, draft);
  await turn(async () => {
    const box = await sealJson(vault, 'drafts', placeOf(draft.id, draft.v), draft);
    if (drafts.get(key)?.id !== draft.id) return;
    const known = await rowsOf(desk, key, draft.id);
    await write(db, ['drafts'], 'relaxed', async (tx) => {
      const rows = tx.objectStore('drafts');
      // Another window's make way, else the next start might show the older one.
      for (const id of known) if (id !== draft.id) await rows.delete(id);
      await rows.put({ id: draft.id, v: draft.v, box });
    });
  });
}

/** Each save leaves one row of a form, so that another window's are looked for only where this window's is gone. */
function rowsOf({ db, vault }: Desk, key: string, mine?: string): Promise<string[]> {
  return coded(async () => {
    if (mine !== undefined && (await db.table('drafts').getKey(mine)) !== undefined) return [mine];
    return (await openAll(db, vault)).filter((other) => other.key === key).map(({ id }) => id);
  });
}

async function drop(desk: Desk, key: string): Promise<void> {
  const mine = desk.drafts.get(key)?.id;
  desk.drafts.delete(key);
  await desk.turn(async () => {
    const known = await rowsOf(desk, key, mine);
    await write(desk.db, ['drafts'], 'relaxed', async (tx) => void (await Promise.all(known.map((id) => tx.objectStore('drafts').delete(id)))));
  });
}

/** One that cannot be opened is left where it lies. */
async function openAll(db: Db, vault: Vault): Promise<Draft[]> {
  const rows = await db.table('drafts').getAll();
  const opened = await Promise.all(
    rows.map((row) => openJson<Draft>(vault, 'drafts', placeOf(row.id, row.v), row.box).catch(() => undefined)),
  );
  return opened.filter((draft): draft is Draft => draft !== undefined);
}
