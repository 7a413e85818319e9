/** A phone for tests: a real store over fake-indexeddb, a real engine and transport over a line, a clock that is set by hand. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { onTestFinished } from 'vitest';
import { type Clock, createClock } from '../../clock';
import type { Engine, Worker } from '../../store/api';
import type { Book } from '../../store/book';
import type { Port } from '../../store/port';
import { utf8 } from '../../store/bytes';
import { type OpenStore, createStore } from '../../store/store';
import { createVault } from '../../store/vault';
import { createEngine } from '../engine';
import { createTransport } from '../transport';
import type { Line } from './line';

export const VILLAGE = '990131101201';
export const OTHER_VILLAGE = '990131101202';
const KEY = 'a key of thirty-two bytes, so so';

export interface Phone {
  store: OpenStore;
  engine: Engine;
  clock: Clock;
  time: { wall: number; steady: number };
  factory: IDBFactory;
  /** Goes on from disk alone, as after a kill. */
  restart(): Promise<void>;
}
export interface PhoneSetup {
  name?: string;
  factory?: IDBFactory;
  storeId?: string;
  wall?: number;
  key?: string;
  closedByCaller?: true;
  /** none: nothing is ever due */
  book?: Book;
  /** a known fault switched on in the engine's side of the store */
  broken?: (port: Port) => Port;
}

export function director(name = 'wang'): Worker {
  const role = 'director';
  return { id: `0190a000-0000-7000-8000-${name.padEnd(12, '0').slice(0, 12)}`, name, role, areas: [{ code: VILLAGE, name: '东坡村', role }] };
}

export async function startPhone(line: Line, setup: PhoneSetup = {}): Promise<Phone> {
  const { name = 'wang', factory = new IDBFactory(), storeId = `store-${name}`, wall = 1_800_000_000_000, key = KEY, book = NOTHING_DUE, broken = (port: Port) => port } = setup;
  const time = { wall, steady: 0 };
  const clock = createClock({ wall: () => time.wall, steady: () => time.steady });
  const vault = await createVault(utf8(key));
  const open = () =>
    createStore({ indexedDB: factory, name, vault, clock, device: `phone-${name}`, store: storeId, worker: director(name), book });
  const engineFor = (store: OpenStore) => createEngine({ store: { status: store.status, port: broken(store.port) }, clock, transport: createTransport(line), random: () => 0.5 });
  const store = await open();
  const phone: Phone = {
    store,
    engine: engineFor(store),
    clock,
    time,
    factory,
    async restart() {
      await phone.store.close().catch(() => undefined);
      phone.store = await open();
      phone.engine = engineFor(phone.store);
    },
  };
  if (!setup.closedByCaller) onTestFinished(() => phone.store.close());
  return phone;
}

const NOTHING_DUE: Book = { versionOf: () => 1, due: () => [] };
