/**
 * Sends what the page left ready, sealed and signed, when the browser says that there is a network. The worker reads
 * nothing and settles nothing: the page delivers again when it is next opened, which is free, and hears the answers then.
 */
import { DIRECTORY, POSTED, type Posted } from '../store/posted';

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('closed'));
  });

/** A directory that is not there stays away: an empty one made here would keep the page from making its own. */
function existing(indexedDB: IDBFactory): Promise<IDBDatabase | undefined> {
  const request = indexedDB.open(DIRECTORY);
  request.onupgradeneeded = () => request.transaction?.abort();
  return done(request).then((db) => Object.assign(db, { onversionchange: () => db.close() }), () => undefined);
}

/** Rejects when it should be tried again later; the browser does so. */
export async function sendPosted(indexedDB: IDBFactory, send: typeof fetch): Promise<void> {
  const db = await existing(indexedDB);
  if (!db) return;
  try {
    const posted = (await done(db.transaction('phone').objectStore('phone').get(POSTED))) as Posted[] | undefined;
    for (const { headers, body } of posted ?? []) {
      const answer = await send('/api/sync/deliver', { method: 'POST', credentials: 'omit', headers: { ...headers, 'content-type': 'application/json' }, body });
      // A gateway's error or a portal's page: not the town.
      if (!/json/.test(answer.headers.get('content-type') ?? '') || answer.status >= 500) throw new Error(`not now: ${answer.status}`);
    }
    await done(db.transaction('phone', 'readwrite').objectStore('phone').delete(POSTED));
  } finally {
    db.close();
  }
}
