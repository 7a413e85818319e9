/** A simulated phone: the app's own store, engine and transport over storage in memory, a wire, and a clock that people set. */
import { IDBFactory } from 'fake-indexeddb';
import { type Clock, createClock } from '../../src/clock';
import type { Engine } from '../../src/store/api';
import { type OpenStore, createStore } from '../../src/store/store';
import { createEngine } from '../../src/sync/engine';
import { createTransport } from '../../src/sync/transport';
import { type Bug, noBug } from './bugs';
import { glassVault } from './disk';
import type { Registered } from './town';
import type { Wire } from './wire';

export interface Phone extends Registered {
  factory: IDBFactory;
  time: { wall: number; steady: number };
  clock: Clock;
  store: OpenStore;
  engine: Engine;
  /** versions of forms that this phone's app carries, where they are not 1 */
  versions: Map<string, number>;
  /** values of drafts that were surely saved */
  drafts: Map<string, unknown>;
  lost: boolean;
  /** Goes on from what lies on the disk, as after a kill. */
  restart(): Promise<void>;
  /** Another window on the same phone. */
  window(): Promise<{ store: OpenStore; engine: Engine }>;
}

export async function startPhone(about: Registered, wire: Wire, now: number, bug: Bug = noBug, factory: IDBFactory = new IDBFactory()): Promise<Phone> {
  const time = { wall: now, steady: 0 };
  const names = { count: 0 };
  const clock = createClock({ wall: () => time.wall, steady: () => time.steady }, () => `clk-${(names.count += 1)}`);
  const versions = new Map<string, number>();
  const open = async () => {
    const { device, store: id, worker } = about;
    const book = { versionOf: (form: string) => versions.get(form) ?? 1, due: () => [] };
    const store = await createStore({ indexedDB: factory, name: about.name, vault: glassVault, clock, device, store: id, worker, book });
    const port = bug(store.port, { factory, name: about.name });
    const line = { fetch: wire.fetchFor(about), expire: wire.expire };
    const engine = createEngine({ store: { status: store.status, port }, clock, transport: createTransport(line), random: () => 0.5 });
    return { store, engine };
  };
  const phone: Phone = {
    ...about, ...(await open()), factory, time, clock, versions, drafts: new Map(), lost: false, window: open,
    async restart() {
      await phone.store.close().catch(() => undefined);
      Object.assign(phone, await open());
    },
  };
  return phone;
}
