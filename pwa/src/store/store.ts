/** Opens a store: the working set in memory, the pages' verbs over it, and the engine's port. Two calls make two phones. */
import type { Bundle, CountyDays, OnDisk, Store, Worker } from './api';
import { type Book, rulebook } from './book';
import { type Channel, openChannel } from './channel';
import type { Clock } from '../clock';
import { createCore, refresh, type Core } from './core';
import { openDb } from './db';
import { noteDelivered } from './delivered';
import type { Poster } from './envelope';
import { type DraftBox, openDrafts } from './drafts';
import type { Draft } from './event';
import { createFront, openAll } from './opening';
import { type Port, createPort } from './port';
import { createDue, reading } from './reading';
import type { Vault } from './vault';
import type { Pen } from './writing';

export interface StoreSetup {
  indexedDB: IDBFactory;
  /** of the database; random per phone */
  name: string;
  vault: Vault;
  clock: Clock;
  device: string;
  /** store id new events are numbered under; rows of an older id are still sent */
  store: string;
  worker: Worker;
  /** seals each new event to the town as well, so that it can be delivered while the store is closed */
  poster?: Poster;
  /** the town's signing key, pinned; without it no card list is believed */
  signKey?: JsonWebKey;
  /** `worker` comes from the server just now and replaces what the store remembers */
  fresh?: boolean;
  /** newest dseq the server has of this store, where it was just asked */
  top?: number;
  /** the app's own unless a test brings another */
  book?: Book;
  /** the browser's, to ask for storage that is not evicted */
  storage?: Pick<StorageManager, 'persist' | 'persisted'>;
  /** an older window must close first; and: this window was cut off, reload */
  onBlocked?(): void;
  onLost?(): void;
}
export type OpenStore = Store & { port: Port };

/** Rejects `unreadable` when the vault's key is not the one it was written under; nothing is changed then. */
export async function createStore(setup: StoreSetup): Promise<OpenStore> {
  const { book = rulebook, device, store } = setup;
  const due = createDue(book);
  const { core, channel, drafts } = await open(setup, (bundle, days) => void due.of(bundle, setup.clock.today(), days));
  const listeners = new Set<() => void>();
  const pen: Pen = { core, drafts, device, store, poster: setup.poster, versionOf: book.versionOf, saved: () => listeners.forEach((tell) => tell()) };
  const port = createPort(core, setup, (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  });
  if (setup.top !== undefined) await port.startAbove(store, setup.top);
  const close = async () => {
    channel.close();
    await drafts.settled(() => Promise.resolve());
    core.db.close();
  };
  return { ...reading(core, due), ...verbs(pen), drafts, port, close, keepFront: createFront(core) };
}

async function open(setup: StoreSetup, made: (bundle: Bundle, days?: CountyDays) => void): Promise<{ core: Core; channel: Channel; drafts: DraftBox }> {
  const opened: { core?: Core } = {};
  const lost = () => {
    if (opened.core) opened.core.sync.value = { at: 'stopped', code: 'closed', retryAt: 0 };
    setup.onLost?.();
  };
  const db = await openDb(setup.indexedDB, setup.name, { blocked: () => setup.onBlocked?.(), lost });
  const channel = openChannel(setup.name);
  try {
    const core = (opened.core = createCore(db, setup.vault, setup.clock, setup.worker, channel.tell, setup.signKey));
    const [drafts] = await Promise.all([openDrafts(db, setup.vault, setup.clock), openAll(core, made)]);
    if (setup.fresh) core.news.value = { ...core.news.value, worker: setup.worker };
    channel.hear(() => void core.opened.then(() => refresh(core)).catch(() => undefined));
    void noteDelivered(core).catch(() => undefined);
    void askToKeep(core, setup.storage);
    return { core, channel, drafts };
  } catch (error) {
    channel.close();
    db.close();
    throw error;
  }
}

const fetched = () => import('./writing');
type Writing = Awaited<ReturnType<typeof fetched>>;
const part: { came?: Writing } = {};
/** What she says is written by a part that comes with the pages where she says it. The browser takes a turn to answer even for one that is here. */
const writing = async (): Promise<Writing> => part.came ?? (part.came = await fetched());

function verbs(pen: Pen): Pick<Store, 'record' | 'recordAll' | 'amend' | 'voidRecord' | 'patch' | 'patchAll' | 'undo' | 'dismiss'> {
  const { opened } = pen.core;
  const all = async (drafts: (w: Writing) => Draft[], form?: string, onDisk?: OnDisk) => {
    const w = await writing();
    return w.say(pen, drafts(w), form, onDisk);
  };
  const one = async (draft: (w: Writing) => Draft) => (await all((w) => [draft(w)]))[0] ?? '';
  /** A correction or patch is made against what is known of her, so all of it must be here. */
  const whole = (draft: (w: Writing) => Draft) => opened.then(() => one(draft));
  return {
    record: (input) => one((w) => w.recordDraft(pen, input)),
    recordAll: (inputs, draft, onDisk) => all((w) => inputs.map((input) => w.recordDraft(pen, input)), draft, onDisk),
    amend: (of, answers, reason) => whole((w) => w.correction(pen, 'amend', of, reason, answers)),
    voidRecord: (of, reason) => whole((w) => w.correction(pen, 'void', of, reason)),
    patch: (type, id, set, to) => whole((w) => w.patchDraft(pen, { type, id, set, ...(to ? { to } : {}) })),
    patchAll: (patches, draft) => opened.then(() => all((w) => patches.map((patch) => w.patchDraft(pen, patch)), draft)),
    undo: async (id) => (await writing()).undo(pen, id),
    dismiss: async (id) => (await writing()).dismiss(pen, id),
  };
}

/** Browsers evict what nobody asked to keep. */
async function askToKeep(core: Core, storage: StoreSetup['storage']): Promise<void> {
  if (!storage) return;
  core.persisted.value = (await storage.persisted().catch(() => false)) || (await storage.persist().catch(() => false));
}
