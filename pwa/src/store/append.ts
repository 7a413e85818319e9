/** Writing into the outbox and taking back from it: one strict transaction each. */
import { StoreError } from './api';
import { type Counter, type Db, type OutRow, type WriteTx, write } from './db';
import type { Poster } from './envelope';
import { type Local, counterOf, sealLocal } from './outbox';
import type { Vault } from './vault';
import type { Event } from './wire';

export interface Writing {
  device: string;
  /** absent: the rows can be sent from an open store only */
  poster?: Poster | undefined;
  /** rows that go in the same transaction */
  drafts?: Promise<readonly string[]> | undefined;
}

/** Seals first, to her key and to the town's, then one strict transaction takes the numbers and writes the rows. */
export async function append(db: Db, vault: Vault, { device, poster, drafts: leaving }: Writing, events: readonly Event[]): Promise<Local[]> {
  const sealing = events.map(async (event): Promise<Boxes> => {
    const [box, post] = await Promise.all([sealLocal(vault, event), poster?.(event)]);
    return post ? { box, post } : { box };
  });
  const [boxes, drafts = []] = await Promise.all([Promise.all(sealing), leaving]);
  return write(db, ['counters', 'outbox', 'drafts'], 'strict', async (tx) => {
    const counters = new Map<string, Counter>();
    for (const { store } of events) if (!counters.has(store)) counters.set(store, await counterOf(tx, store, device));
    const locals = events.map((event): Local => ({ store: event.store, dseq: taken(counters, event.store), state: 'out', event }));
    await together(tx, [
      ...locals.map(({ store, dseq, event }, i) => () => tx.objectStore('outbox').add({ store, dseq, id: event.id, state: 'out', ...(boxes[i] as Boxes) })),
      ...[...counters.values()].map((counter) => () => tx.objectStore('counters').put(counter)),
      ...drafts.map((id) => () => tx.objectStore('drafts').delete(id)),
    ]);
    return locals;
  });
}

/**
 * Asks all at once and has it committed at once: each answer waited for is one more turn of a slow processor between her
 * tap and the disk. What cannot even be asked ends it before that.
 */
async function together(tx: WriteTx, asks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const answers = asks.map((ask) => {
    const answer = ask();
    answer.catch(() => undefined);
    return answer;
  });
  tx.commit();
  await Promise.all(answers);
}

type Boxes = Pick<OutRow, 'box' | 'post'>;

/** The store's next number. */
function taken(counters: Map<string, Counter>, store: string): number {
  const counter = counters.get(store) as Counter;
  counters.set(store, { ...counter, last: counter.last + 1 });
  return counter.last + 1;
}

/**
 * Takes back one that never was on the line; those after it move up, so that dseq stays dense.
 * Rejects `already_sent`, `unknown_record`.
 */
export function takeBack(db: Db, local: Local): Promise<void> {
  const { store, event } = local;
  return write(db, ['counters', 'outbox'], 'strict', async (tx) => {
    const table = tx.objectStore('outbox');
    const counter = await tx.objectStore('counters').get(store);
    const rows = await table.getAll(IDBKeyRange.bound([store, (counter?.tried ?? 0) + 1], [store, Infinity]));
    const at = rows.findIndex((row) => row.id === event.id);
    if (!counter || at < 0) throw new StoreError('already_sent');
    for (const row of rows.slice(at)) await table.delete([store, row.dseq]);
    for (const row of rows.slice(at + 1)) await table.add({ ...row, dseq: row.dseq - 1 });
    await tx.objectStore('counters').put({ ...counter, last: counter.last - 1 });
  });
}

/** Local events that speak of what `id` made. */
export function followers(locals: readonly Local[], id: string): Local[] {
  const made = locals.find((local) => local.event.id === id)?.event;
  const born = made?.kind === 'patch' && Object.keys(made.body.base ?? {}).length === 0 ? (made.person ?? made.household) : undefined;
  return locals.filter(({ event }) => {
    if (event.id === id) return false;
    const bases = Object.values(event.body.base ?? {});
    const about = born !== undefined && (event.person === born || event.household === born || event.body.set?.household === born);
    return event.body.of === id || bases.includes(id) || about;
  });
}
