/**
 * Sends what the page left ready, sealed and signed, when the browser says that there is a network. The worker reads
 * nothing and settles nothing: the page delivers again when it is next opened, which is free, and hears the answers then.
 */
import { asked } from '../store/idb';
import { DIRECTORY, POSTED, type Posted } from '../store/posted';

/** A directory that is not there stays away: an empty one made here would keep the page from making its own. */
function existing(indexedDB: IDBFactory): Promise<IDBDatabase | undefined> {
  const request = indexedDB.open(DIRECTORY);
  request.onupgradeneeded = () => request.transaction?.abort();
  return asked(request).then((db) => Object.assign(db, { onversionchange: () => db.close() }), () => undefined);
}

/** Rejects when it should be tried again later; the browser does so. What has arrived by then is not sent again. */
export async function sendPosted(indexedDB: IDBFactory, send: typeof fetch): Promise<void> {
  const db = await existing(indexedDB);
  if (!db) return;
  const table = (mode: IDBTransactionMode) => db.transaction('phone', mode).objectStore('phone');
  const left = async (from: IDBObjectStore) => ((await asked(from.get(POSTED))) ?? []) as Posted[];
  try {
    for (let [next] = await left(table('readonly')); next; [next] = await left(table('readonly'))) {
      await post(next, send);
      const mark = next.headers[SIGNATURE];
      const whole = table('readwrite');
      // The page may have left others meanwhile.
      await asked(whole.put((await left(whole)).filter(({ headers }) => headers[SIGNATURE] !== mark), POSTED));
    }
  } finally {
    db.close();
  }
}

const SIGNATURE = 'suifang-signature';

async function post({ headers, body }: Posted, send: typeof fetch): Promise<void> {
  const answer = await send('/api/sync/deliver', { method: 'POST', credentials: 'omit', headers: { ...headers, 'content-type': 'application/json' }, body });
  // A gateway's error, a portal's page, a town that asks for patience: not now.
  if (!/json/.test(answer.headers.get('content-type') ?? '') || answer.status >= 500 || answer.status === 429) throw new Error(`not now: ${answer.status}`);
}
