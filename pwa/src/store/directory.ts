/**
 * Who has a store on this phone, and the phone's own keys. Read before anybody has signed in, so it is small: ids,
 * initials, wrapped and non-extractable keys; her name and areas lie sealed in her own store.
 */
import { b64, randomBytes } from './bytes';
import { type Db, asked, dbOver } from './idb';
import type { Lock } from './keyring';
import { DIRECTORY, POSTED, type Posted } from './posted';

export { DIRECTORY } from './posted';
export type { Posted } from './posted';

/** One registration of this phone with the desk's code; the newest is the phone's identity. */
export interface Registration {
  phone: string;
  keys: CryptoKeyPair;
  serverSignKey: JsonWebKey;
  serverSealKey: JsonWebKey;
}
/** One database of sealed rows: its name (random), the store id new events are numbered under, the phone's id then. */
export interface Place {
  name: string;
  store: string;
  device: string;
}
/** A worker's store on this phone. */
export interface Entry extends Place {
  worker: string;
  initial: string;
  /** what opens it; absent where a vault is given from outside */
  lock?: Lock;
  /** earlier databases of hers that no key opens any more; they stay until their outbox is delivered */
  left?: Place[];
}
/** Signed headers of a request whose body is empty. */
export type Word = Record<string, string>;
export interface Directory {
  registration(): Promise<Registration | undefined>;
  /** The keys under which the phone was known as `phone`. */
  registered(phone: string): Promise<Registration | undefined>;
  setRegistration(registration: Registration): Promise<void>;
  entry(worker: string): Promise<Entry | undefined>;
  setEntry(entry: Entry): Promise<void>;
  /** Keeps it, and that its name stands first. */
  opened(entry: Entry): Promise<void>;
  /** Reads and writes in one strict transaction, so that two windows count together. Undefined: nobody of that id. */
  changeEntry(worker: string, change: (entry: Entry) => Entry): Promise<Entry | undefined>;
  entries(): Promise<Entry[]>;
  /** whose name stands first on the lock page */
  current(): Promise<string | undefined>;
  setCurrent(worker: string | undefined): Promise<void>;
  /** Forgets everybody and every key in one transaction; a wiped phone's last word is all that stays. */
  leaveOnly(word: Word): Promise<void>;
  /** The last word, while the town has not heard it. */
  lastWord(): Promise<Word | undefined>;
  heard(): Promise<void>;
  /** Left for the service worker. */
  setPosted(posted: readonly Posted[]): Promise<void>;
  close(): void;
}

/** One table of everything, each under its own key. */
interface Phone {
  phone: { key: string; value: unknown };
}
const REGISTRATION = 'registration';
const CURRENT = 'current';
const WORKER = 'worker/';
const LAST_WORD = 'wiped';

export const newName = () => `suifang-${b64(randomBytes(9))}`;

/** A P-256 pair whose private half cannot leave this browser. */
export const newKeys = () => crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);

export async function openDirectory(factory: IDBFactory): Promise<Directory> {
  const request = factory.open(DIRECTORY, 1);
  request.onupgradeneeded = () => void (request.result.objectStoreNames.contains('phone') || request.result.createObjectStore('phone'));
  const opened = await asked(request);
  opened.onversionchange = () => opened.close();
  const db = dbOver<Phone>(opened);
  const get = async <T>(key: string) => (await db.table('phone').get(key)) as T | undefined;
  const put = async (pairs: readonly [string, unknown][], gone?: IDBKeyRange) => {
    const tx = db.transaction(['phone'], 'readwrite', { durability: 'strict' });
    const phone = tx.objectStore('phone');
    await Promise.all([gone && phone.delete(gone), ...pairs.map(([key, value]) => phone.put(value, key)), tx.done]);
  };
  return {
    registration: () => get<Registration>(REGISTRATION),
    registered: (phone) => get<Registration>(`${REGISTRATION}/${phone}`),
    setRegistration: (registration) => put([[REGISTRATION, registration], [`${REGISTRATION}/${registration.phone}`, registration]]),
    entry: (worker) => get<Entry>(WORKER + worker),
    setEntry: (entry) => put([[WORKER + entry.worker, entry]]),
    opened: (entry) => put([[WORKER + entry.worker, entry], [CURRENT, entry.worker]]),
    changeEntry: (worker, change) => changeEntry(db, WORKER + worker, change),
    entries: async () => (await db.table('phone').getAll(IDBKeyRange.bound(WORKER, `${WORKER}\uffff`))) as Entry[],
    current: async () => (await get<string>(CURRENT)) || undefined,
    setCurrent: (worker) => put([[CURRENT, worker ?? '']]),
    leaveOnly: (word) => put([[LAST_WORD, word]], IDBKeyRange.lowerBound('')),
    lastWord: () => get<Word>(LAST_WORD),
    heard: () => put([], IDBKeyRange.only(LAST_WORD)),
    setPosted: (posted) => put([[POSTED, posted]]),
    close: () => db.close(),
  };
}

async function changeEntry(db: Db<Phone>, key: string, change: (entry: Entry) => Entry): Promise<Entry | undefined> {
  const tx = db.transaction(['phone'], 'readwrite', { durability: 'strict' });
  const phone = tx.objectStore('phone');
  const known = (await phone.get(key)) as Entry | undefined;
  const next = known && change(known);
  if (next) await phone.put(next, key);
  await tx.done;
  return next;
}
