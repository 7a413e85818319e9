/** Opens a worker's store and its engine, and closes them. */
import type { Worker } from '../store/api';
import type { Entry } from '../store/directory';
import { createPoster, type Poster } from '../store/envelope';
import { hearTime, newLease } from '../store/lease';
import { createStore, type OpenStore } from '../store/store';
import type { Vault } from '../store/vault';
import { createEngine } from './engine';
import { type Coming, type Me, type SessionState, become } from './me';

/** Only what a server said just now; absent: all from disk. */
type Known = Pick<Coming, 'worker' | 'top'>;

export async function openStore(me: Me, entry: Entry, vault: Vault, known?: Known, root?: CryptoKey, town?: Town): Promise<SessionState> {
  await closeStore(me);
  const { indexedDB, clock, book, storage, transport, directory } = me;
  const unknown: Worker = { id: entry.worker, name: entry.initial, role: '', areas: [] };
  const blocked = { onBlocked: () => become(me, { at: 'blocked' }), onLost: () => become(me, { at: 'blocked' }) };
  const fresh = known === undefined ? {} : { top: known.top };
  const about = { name: entry.name, device: entry.device, store: entry.store, worker: known?.worker ?? unknown, fresh: known !== undefined };
  const others = directory.entries();
  const store = await createStore({ indexedDB, vault, clock, ...(book ? { book } : {}), ...(storage ? { storage } : {}), ...(town ?? (await townOf(me))), ...about, ...fresh, ...blocked });
  const engine = createEngine({ store, transport, clock, beside: (outcome) => beside(me, outcome), ...me.engine });
  me.open = { store, engine, entry, ...(root ? { root } : {}) };
  delete me.coming;
  const shared = [...(await others), entry].some(({ worker }) => worker !== entry.worker);
  const opened = become(me, { at: 'open', worker: store.worker.value, shared, store, engine });
  // She sees her list meanwhile. A phone that dies before this has counted one wrong try too many.
  await directory.opened(entry);
  return opened;
}

export interface Town {
  poster?: Poster;
  signKey?: JsonWebKey;
}

/** What was pinned of the town: whom to seal to, and whose signature to believe. */
export async function townOf({ directory }: Me): Promise<Town> {
  const registration = await directory.registration();
  return registration ? { poster: await createPoster(registration.serverSealKey), signKey: registration.serverSignKey } : {};
}

export async function closeStore(me: Me): Promise<void> {
  const { open } = me;
  delete me.open;
  open?.engine.stop();
  await open?.store.close();
}

/** What features/scan keeps to be told. */
const SCANS = 'scan:told';
const RENEW_AFTER_MS = 6 * 3_600_000;
/** The session or the phone is at its end: perhaps the phone was reported lost. */
const SUSPICIOUS = new Set(['not_signed_in', 'phone_revoked']);

/** What goes beside a sync: a longer lease, the other workers' sealed rows, and the question whether this phone is lost. */
async function beside(me: Me, code: string | null): Promise<void> {
  const { indexedDB, directory, transport, clock, open } = me;
  if (!open) return;
  if (code === null) await renewLease(me);
  else if (!SUSPICIOUS.has(code)) return;
  const { wipe } = code !== null || (await sealedWait(me, open.store)) ? await (await import('./courier')).carry(
    { indexedDB, directory, line: transport, now: () => clock.now() }, { open: open.entry.name, ask: code !== null },
  ) : { wipe: false };
  if (wipe) await (await import('./leaving')).obey(me);
  else if (open.store.drafts.load(SCANS)) await (await import('./scans')).tellScans(open.store.drafts, SCANS, transport, clock.now());
}

/** Another worker's store, one left behind, or what she wrote while hers was closed. */
async function sealedWait({ directory }: Me, store: OpenStore): Promise<boolean> {
  const entries = await directory.entries();
  return entries.length > 1 || entries.some(({ left = [] }) => left.length > 0) || store.port.closed();
}

async function renewLease({ open, directory, transport, clock }: Me): Promise<void> {
  const lease = open?.entry.lock?.lease;
  if (!open || !lease) return;
  const serverNow = clock.now() + (open.store.status.value.clockOffset ?? 0);
  if (serverNow - lease.since < RENEW_AFTER_MS) return;
  const { device, store, worker } = open.entry;
  const given = await transport.post<{ days: number; now: number }>(`/api/devices/${device}/stores/${store}/lease`).catch(() => undefined);
  const next = given ? newLease(given) : hearTime(lease, serverNow);
  const entry = await directory.changeEntry(worker, (known) => (known.lock ? { ...known, lock: { ...known.lock, lease: next } } : known));
  if (entry) open.entry = entry;
}
