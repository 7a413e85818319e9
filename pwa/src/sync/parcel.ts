/** What waits on this phone, sealed and signed as on the line: for the service worker to send, or as a file for the station. */
import { type Bytes, b64, json } from '../store/bytes';
import type { Directory, Place, Posted } from '../store/directory';
import { nextBag } from '../store/postbox';
import { within } from '../store/within';
import type { Me } from './me';
import { signBody } from './seal';

/** So few that each delivery fits a line that breaks every half a minute. */
const MOST = 50;

/** Ready deliveries of everybody on this phone. The rows stay on the phone until the town has answered the page. */
export async function packAll(indexedDB: IDBFactory, directory: Directory): Promise<Posted[]> {
  const places = (await directory.entries()).flatMap((entry): Place[] => [entry, ...(entry.left ?? [])]);
  return (await Promise.all(places.map((place) => pack(indexedDB, directory, place)))).flat();
}

/** A JSON file {suifang: 1, parcels: [{phone, store, signature, body}]}; null when nothing waits. */
export async function parcelFile(indexedDB: IDBFactory, directory: Directory): Promise<Blob | null> {
  const parcels = (await packAll(indexedDB, directory)).map(({ headers, body }) => ({
    phone: headers['suifang-phone'], store: headers['suifang-store'], signature: headers['suifang-signature'], body: b64(body),
  }));
  return parcels.length ? new Blob([json({ suifang: 1, parcels })], { type: 'application/json' }) : null;
}

/** For the browser to send once there is a network. */
export async function leaveReady({ indexedDB, directory, later }: Me): Promise<void> {
  if (!later) return;
  const posted = await packAll(indexedDB, directory);
  if (posted.length === 0) return;
  await directory.setPosted(posted);
  await later();
}

async function pack(indexedDB: IDBFactory, directory: Directory, { name }: Place): Promise<Posted[]> {
  const packed: Posted[] = [];
  const after = new Map<string, number>();
  for (;;) {
    const bag = await within(indexedDB, name, (db) => nextBag(db, MOST, { epoch: null, closedOnly: false, after }));
    if (!bag) return packed;
    after.set(bag.store, Math.max(...bag.rows.map(({ dseq }) => dseq)));
    const known = (await directory.registered(bag.device)) ?? (await directory.registration());
    if (!known) continue;
    const body: Bytes = json({ proto: 1, rows: bag.rows.map(({ id, dseq, post }) => ({ id, dseq, sealed: b64(post) })) });
    packed.push({ headers: await signBody(known.keys.privateKey, known.phone, bag.store, body), body });
  }
}
