/** Forms she has begun, saved field by field, sealed. What a draft is about lies inside the seal. */
import type { Drafts, Value } from './api';
import { b64, randomBytes } from './bytes';
import type { Clock } from '../clock';
import { type Db, write } from './db';
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
  /** the row's id, for a transaction that records the form and drops its draft in one */
  rowOf(key: string): string | undefined;
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
    rowOf: (key) => drafts.get(key)?.id,
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

async function save({ db, vault, drafts, turn }: Desk, key: string, value: Value, at: number): Promise<void> {
  const was = drafts.get(key);
  const draft: Draft = { id: was?.id ?? b64(randomBytes(12)), key, v: (was?.v ?? 0) + 1, at, value };
  drafts.set(key, draft);
  await turn(async () => {
    const box = await sealJson(vault, 'drafts', placeOf(draft.id, draft.v), draft);
    if (drafts.get(key)?.id !== draft.id) return;
    const twins = await twinsOf(db, vault, draft);
    await write(db, ['drafts'], 'relaxed', async (tx) => {
      const rows = tx.objectStore('drafts');
      for (const id of twins) await rows.delete(id);
      await rows.put({ id: draft.id, v: draft.v, box });
    });
  });
}

/** Rows in which another window keeps the same form: they make way, else the next start might show the older one. */
async function twinsOf(db: Db, vault: Vault, { id, key }: Draft): Promise<string[]> {
  if (await db.table('drafts').getKey(id)) return [];
  return (await openAll(db, vault)).filter((other) => other.key === key).map((other) => other.id);
}

async function drop({ db, drafts, turn }: Desk, key: string): Promise<void> {
  const id = drafts.get(key)?.id;
  drafts.delete(key);
  if (id !== undefined) await turn(() => write(db, ['drafts'], 'relaxed', (tx) => tx.objectStore('drafts').delete(id)));
}

/** One that cannot be opened is left where it lies. */
async function openAll(db: Db, vault: Vault): Promise<Draft[]> {
  const rows = await db.table('drafts').getAll();
  const opened = await Promise.all(
    rows.map((row) => openJson<Draft>(vault, 'drafts', placeOf(row.id, row.v), row.box).catch(() => undefined)),
  );
  return opened.filter((draft): draft is Draft => draft !== undefined);
}
