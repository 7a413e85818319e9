/**
 * Takes sealed outbox rows to the town without opening them: from the lock page, beside another worker's work, from the
 * service worker. The phone's signature vouches for them; no session, no PIN. What it hears besides is whether this
 * phone has been reported lost.
 */
import type { Place, Directory, Registration } from '../store/directory';
import { b64, randomBytes } from '../store/bytes';
import type { Db, OutState } from '../store/db';
import { type Bag, isEmptied, nextBag, settleBag } from '../store/postbox';
import type { PushAnswer } from '../store/wire';
import { within } from '../store/within';
import { pushAnswer } from './answers';
import { isWipeOrder, signBody } from './seal';
import { SyncError, type SignedLine } from './transport';

export interface CourierSetup {
  indexedDB: IDBFactory;
  directory: Directory;
  line: SignedLine;
  now: () => number;
}
export interface Errand {
  /** the database that is open just now: only what she wrote while it was closed is taken from it */
  open?: string | undefined;
  /** asks whether this phone is lost even when there is nothing to deliver */
  ask?: boolean;
}
export interface Carried {
  sent: number;
  /** some rows could not be left there now */
  stuck: boolean;
  /** the town orders this phone, in its own signed words, to deliver everything and wipe itself */
  wipe: boolean;
  /** the town's clock, ms, where it answered */
  now?: number;
}

const MOST = 50;
const GOES: { [code: string]: OutState | undefined } = { __proto__: undefined, accepted: 'sent', duplicate: 'sent', parked: 'parked', fork: 'fork' };

interface Run extends CourierSetup {
  carried: Carried;
  epoch: string | null;
  asked: Set<string>;
}

/** Rejects SyncError; what was delivered until then stays delivered. */
export async function carry(setup: CourierSetup, { open, ask = false }: Errand = {}): Promise<Carried> {
  const run: Run = { ...setup, carried: { sent: 0, stuck: false, wipe: false }, epoch: null, asked: new Set() };
  for (const entry of await setup.directory.entries()) {
    await empty(run, entry, entry.name === open);
    for (const place of entry.left ?? []) await clearOut(run, entry.worker, place);
    if (ask) await askFor(run, entry);
  }
  return run.carried;
}

/** Delivers all of one database. */
function empty(run: Run, place: Place, closedOnly: boolean): Promise<void> {
  return within(run.indexedDB, place.name, async (db) => {
    const skip = new Set<string>();
    for (;;) {
      const bag = await nextBag(db, MOST, { epoch: run.epoch, closedOnly, skip });
      if (!bag) return;
      if (await deliver(run, db, bag)) continue;
      skip.add(bag.store);
      run.carried.stuck = true;
    }
  });
}

/** False: nothing of it was taken now. */
async function deliver(run: Run, db: Db, bag: Bag): Promise<boolean> {
  const answer = await tell(run, bag);
  if (!answer) return false;
  const codes = answer.results.flatMap(([count, code]) => Array.from({ length: count }, () => code));
  if (codes.length !== bag.rows.length) throw new SyncError('bad_answer');
  const states = codes.map((code) => GOES[code]);
  await settleBag(db, bag, states, { epoch: answer.epoch, backed: answer.backed_up, at: run.now() });
  run.epoch = answer.epoch;
  const taken = states.filter(Boolean).length;
  run.carried.sent += taken;
  return taken === bag.rows.length;
}

/** One delivery; undefined where this phone has no key for it or the town does not know the store. */
async function tell(run: Run, { store, device, rows }: Bag): Promise<PushAnswer | undefined> {
  const known = (await run.directory.registered(device)) ?? (await run.directory.registration());
  if (!known) return undefined;
  const nonce = b64(randomBytes(18));
  const body = { proto: 1, nonce, rows: rows.map(({ id, dseq, post }) => ({ id, dseq, sealed: b64(post) })) };
  const sign = (bytes: Parameters<typeof signBody>[3]) => signBody(known.keys.privateKey, known.phone, store, bytes);
  try {
    const said = await run.line.send('/api/sync/deliver', body, sign);
    await noteOrder(run, known, nonce, said);
    return pushAnswer(said);
  } catch (error) {
    if (error instanceof SyncError && (error.code === 'wrong_store' || error.code === 'unknown_phone')) return undefined;
    throw error;
  }
}

async function noteOrder({ carried }: Run, known: Registration, nonce: string, said: unknown): Promise<void> {
  const { order, now } = (said ?? {}) as { order?: unknown; now?: unknown };
  if (typeof now === 'number') carried.now = now;
  if (order !== undefined && (await isWipeOrder(known.serverSignKey, known.phone, nonce, order))) carried.wipe = true;
}

async function askFor(run: Run, { store, device }: Place): Promise<PushAnswer | undefined> {
  if (run.asked.has(device)) return undefined;
  run.asked.add(device);
  return tell(run, { store, device, rows: [] });
}

/** A database that no key opens: once its outbox is at the town and in a backup, it goes. */
async function clearOut(run: Run, worker: string, place: Place): Promise<void> {
  await empty(run, place, false);
  const answer = await tell(run, { store: place.store, device: place.device, rows: [] });
  const done = answer && (await within(run.indexedDB, place.name, (db) => isEmptied(db, answer.backed_up)));
  if (!done) return;
  await run.directory.changeEntry(worker, (entry) => ({ ...entry, left: (entry.left ?? []).filter(({ name }) => name !== place.name) }));
  run.indexedDB.deleteDatabase(place.name);
}
