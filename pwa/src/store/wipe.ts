/** Everything of ours that lies in this browser, gone: a lost phone's last deed. Needs no network. */
import type { Directory, Word } from './directory';

export interface Wiped {
  indexedDB: IDBFactory;
  directory: Directory;
  /** absent in a service worker */
  local?: Pick<Storage, 'clear'> | undefined;
  caches?: Pick<CacheStorage, 'keys' | 'delete'> | undefined;
  workers?: { getRegistrations(): Promise<readonly { unregister(): Promise<boolean> }[]> } | undefined;
}

/**
 * Databases first: a wipe that is cut off begins anew at the next start. Then the directory with all keys, but for `word`: what this phone
 * signed for the town to hear that all is gone, kept until it has been heard.
 */
export async function wipe({ indexedDB, directory, local, caches, workers }: Wiped, word: Word): Promise<void> {
  const entries = await directory.entries();
  const names = entries.flatMap((entry) => [entry.name, ...(entry.left ?? []).map((place) => place.name)]);
  await Promise.all(names.map((name) => forget(indexedDB, name)));
  await directory.leaveOnly(word);
  local?.clear();
  if (caches) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  if (workers) await Promise.all((await workers.getRegistrations()).map((one) => one.unregister()));
}

/** Windows that hold it open are told by the browser and let go. */
function forget(indexedDB: IDBFactory, name: string): Promise<void> {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = () => done();
  });
}
