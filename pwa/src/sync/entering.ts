/** From a password to an open store: sign in, register the phone, choose a PIN. */
import { StoreError, type Worker } from '../store/api';
import { unb64 } from '../store/bytes';
import { type Entry, newKeys, newName } from '../store/directory';
import { calibrate, importShare, makeLock } from '../store/locksmith';
import { newLease } from '../store/lease';
import { weakness } from '../store/pins';
import { createVault } from '../store/vault';
import { newestNumber } from '../store/within';
import { welcomed } from './locking';
import { type Coming, type Me, type SessionState, become, signedOut } from './me';
import { openStore } from './opening';
import { SyncError } from './transport';

interface Lease {
  days: number;
  now: number;
  share: string;
}
interface Joined {
  store: string;
  top: number;
  lease: Lease;
}
interface Registered {
  phone: string;
  store: string;
  lease: Lease;
  server_sign_key: JsonWebKey;
  server_seal_key: JsonWebKey;
}

const DESK = ['station', 'county'];

export async function signIn(me: Me, username: string, password: string): Promise<SessionState> {
  const { worker } = await me.transport.post<{ worker: Worker }>('/api/auth/login', { username, password });
  return settle(me, worker);
}

/** Where someone who is signed in belongs. */
export async function settle(me: Me, worker: Worker): Promise<SessionState> {
  me.worker = worker;
  if (worker.areas.every((area) => DESK.includes(area.role)) && DESK.includes(worker.role)) return become(me, { at: 'desk', worker });
  const coming = await joined(me, worker);
  if (!coming) return become(me, { at: 'unregistered', worker, why: me.emptied ? 'store_emptied' : 'new' });
  return arrive(me, coming);
}

/** Her store on this registered phone, asked from the server; undefined when the phone must be registered first. */
async function joined(me: Me, worker: Worker): Promise<Coming | undefined> {
  const registration = await me.directory.registration();
  if (!registration) return undefined;
  const device = registration.phone;
  try {
    const { store, top, lease } = await me.transport.post<Joined>(`/api/devices/${device}/stores`);
    return await comingOf(worker, device, store, top, lease);
  } catch (error) {
    if (error instanceof SyncError && (error.status === 404 || error.code === 'phone_revoked')) return undefined;
    throw error;
  }
}

async function comingOf(worker: Worker, device: string, store: string, top: number, { days, now, share }: Lease): Promise<Coming> {
  return { worker, device, store, top, days, now, share: await importShare(unb64(share)) };
}

export async function register(me: Me, code: string, label = ''): Promise<SessionState> {
  const worker = me.worker ?? me.open?.store.worker.value;
  if (!worker) return signedOut(me);
  const keys = await newKeys();
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const given = await me.transport.post<Registered>('/api/devices', { code, public_key: { kty, crv, x, y }, label });
  await me.directory.setRegistration({ phone: given.phone, keys, serverSignKey: given.server_sign_key, serverSealKey: given.server_seal_key });
  return arrive(me, await comingOf(worker, given.phone, given.store, 0, given.lease));
}

/** Her store opens at once where the key is at hand, by her PIN where it is locked, after choosing one where it is new. */
async function arrive(me: Me, coming: Coming): Promise<SessionState> {
  const entry = await me.directory.entry(coming.worker.id);
  if (me.vault) return openStore(me, renewed(entry, coming), me.vault, coming);
  me.coming = coming;
  if (entry?.lock?.wrap && me.forgot !== coming.worker.id) return welcomed(me, renewed(entry, coming));
  return become(me, { at: 'pin', worker: coming.worker, why: entry ? 'again' : 'new' });
}

/** Her entry with today's store id and a new lease; a share that it has is kept until her PIN can take another. */
function renewed(entry: Entry | undefined, { worker, store, device, share, days, now }: Coming): Entry {
  const next: Entry = { ...entry, worker: worker.id, initial: worker.name.slice(0, 1), name: entry?.name ?? newName(), store, device };
  if (!next.lock) return next;
  const same = next.lock.mark === share.mark;
  const lease = newLease({ days, now });
  if (same || !next.lock.share) next.lock = { ...next.lock, share: share.key, mark: share.mark, lease };
  else next.lock = { ...next.lock, next: { share: share.key, mark: share.mark }, lease };
  return next;
}

/** A new data key and, where there was a store before, a new database: what lies in the old one is fetched again or delivered unread. */
export async function setPin(me: Me, pin: string): Promise<SessionState> {
  const weak = weakness(pin);
  if (weak) throw new StoreError(weak);
  const { coming } = me;
  if (!coming) throw new StoreError('closed');
  const { worker, share, store, device, days, now } = coming;
  const before = await me.directory.entry(worker.id);
  const { lock, root } = await makeLock(pin, worker.id, share, me.rounds ?? (await calibrate(() => me.clock.steady())), newLease({ days, now }));
  const top = before?.store === store ? Math.max(coming.top, await newestNumber(me.indexedDB, before)) : coming.top;
  const left = before ? [...(before.left ?? []), { name: before.name, store: before.store, device: before.device }] : [];
  const entry: Entry = { worker: worker.id, initial: worker.name.slice(0, 1), name: newName(), store, device, lock, ...(left.length ? { left } : {}) };
  delete me.forgot;
  return openStore(me, entry, await createVault(root), { ...coming, top }, root);
}
