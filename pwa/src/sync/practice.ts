/**
 * A store for practice: a database of its own under a key that is thrown away, and an engine without a line. What is
 * recorded here cannot be sent, because nothing here knows how to send; closing deletes it.
 */
import type { Clock } from '../clock';
import type { Engine, Store, Worker } from '../store/api';
import { randomBytes } from '../store/bytes';
import { createStore } from '../store/store';
import { createVault } from '../store/vault';
import type { Row } from '../store/wire';

/** The name of the database; a real store's name is random and longer. */
export const PRACTICE = 'suifang-practice';
const FEED = 'practice';

export interface FakeVillage {
  readonly worker: Worker;
  readonly area: string;
  readonly name: string;
  /** households, then persons, then records, as a feed would bring them */
  readonly rows: readonly Pick<Row, 'id' | 'kind' | 'schema' | 't' | 'actor' | 'role' | 'person' | 'household' | 'body'>[];
}
export interface Practice {
  readonly store: Store;
  readonly engine: Engine;
  /** Ends it; what was practised is gone. */
  leave(): Promise<void>;
}
export interface PracticeSetup {
  indexedDB: IDBFactory;
  clock: Clock;
  /** the browser took the database away, or another window began to practise */
  onLost?: () => void;
}

/** Opens the practice village, always from its first day. */
export async function openPractice({ indexedDB, clock, onLost }: PracticeSetup, village: FakeVillage): Promise<Practice> {
  await erase(indexedDB);
  const vault = await createVault(randomBytes(32));
  const about = { name: PRACTICE, vault, clock, device: PRACTICE, store: PRACTICE, worker: village.worker };
  const store = await createStore({ indexedDB, ...about, ...(onLost ? { onLost } : {}) });
  await store.port.applyPage({ base: null, answer: answerOf(village), rows: rowsOf(village), heads: {}, current: true, settled: new Set() });
  const leave = async (): Promise<void> => {
    await store.close();
    await erase(indexedDB);
  };
  return { store, engine: silent, leave };
}

const silent: Engine = {
  sync: () => Promise.resolve({ ok: false, code: 'practice', retryAt: 0 }),
  start: () => undefined,
  stop: () => undefined,
};

const answerOf = ({ area, name }: FakeVillage) => ({
  epoch: PRACTICE, now: 0, drop: [], add: [{ f: FEED, area, audience: 'common', name }], events: [], c: PRACTICE, more: false, heads: {},
});

const rowsOf = ({ area, rows }: FakeVillage): Row[] => rows.map((row, q) => ({ ...row, f: FEED, q: q + 1, area, digest: '' }));

/** Waits for no other window: one that practises is told to close by the browser. */
function erase(indexedDB: IDBFactory): Promise<void> {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(PRACTICE);
    request.onsuccess = request.onerror = () => done();
  });
}
