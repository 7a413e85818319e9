/**
 * Who has a store on this phone, and the phone's own keys. Read before anybody has signed in, so it is small: ids,
 * initials, non-extractable keys; her name and areas lie sealed in her own store.
 */
import { type IDBPDatabase, wrap } from 'idb';
import { b64, randomBytes } from './bytes';

/** One registration of this phone with the desk's code; the newest is the phone's identity. */
export interface Registration {
  phone: string;
  keys: CryptoKeyPair;
  serverSignKey: JsonWebKey;
  serverSealKey: JsonWebKey;
}
/** A worker's store on this phone. `name`: of its database, random. */
export interface Entry {
  worker: string;
  initial: string;
  name: string;
  store: string;
  device: string;
}
export interface Directory {
  registration(): Promise<Registration | undefined>;
  setRegistration(registration: Registration): Promise<void>;
  entry(worker: string): Promise<Entry | undefined>;
  setEntry(entry: Entry): Promise<void>;
  entries(): Promise<Entry[]>;
  /** whose store opens by itself after a reload */
  current(): Promise<string | undefined>;
  setCurrent(worker: string | undefined): Promise<void>;
  close(): void;
}

const REGISTRATION = 'registration';
const CURRENT = 'current';
const WORKER = 'worker/';

export const newName = () => `suifang-${b64(randomBytes(9))}`;

/** A P-256 pair whose private half cannot leave this browser. */
export const newKeys = () => crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);

export async function openDirectory(factory: IDBFactory): Promise<Directory> {
  const request = factory.open('suifang', 1);
  request.onupgradeneeded = () => void (request.result.objectStoreNames.contains('phone') || request.result.createObjectStore('phone'));
  const db = (await wrap(request)) as IDBPDatabase;
  db.onversionchange = () => db.close();
  const get = async <T>(key: string) => (await db.get('phone', key)) as T | undefined;
  const put = async (key: string, value: unknown) => {
    const tx = db.transaction('phone', 'readwrite', { durability: 'strict' });
    await Promise.all([tx.store.put(value, key), tx.done]);
  };
  return {
    registration: () => get<Registration>(REGISTRATION),
    setRegistration: (registration) => put(REGISTRATION, registration),
    entry: (worker) => get<Entry>(WORKER + worker),
    setEntry: (entry) => put(WORKER + entry.worker, entry),
    entries: async () => (await db.getAll('phone', IDBKeyRange.bound(WORKER, `${WORKER}\uffff`))) as Entry[],
    current: async () => (await get<string>(CURRENT)) || undefined,
    setCurrent: (worker) => put(CURRENT, worker ?? ''),
    close: () => db.close(),
  };
}
