/**
 * The big files that a day can begin without (the reader of QR codes): fetched after installing, in parts that are kept,
 * so that a line that keeps breaking gets there too and never holds up the app.
 */
import { checked, known } from './shelf';

/** Above this a file waits; all of the daily pages stay below. */
export const BIG = 512 * 1024;
const PART = 48 * 1024;
const PARTS = 'suifang-parts';

export const big = (file: PrecacheEntry): boolean => file.bytes > BIG;

/** Rejects when the line breaks; what arrived is there at the next call. */
export async function fillLater(caches: CacheStorage, name: string, list: readonly PrecacheEntry[], get: typeof fetch): Promise<void> {
  const shelf = await caches.open(name);
  for (const file of list.filter(big)) {
    if (await shelf.match(file.url)) continue;
    await shelf.put(file.url, (await known(caches, file)) ?? (await inParts(caches, file, get)));
  }
  await caches.delete(PARTS);
}

async function inParts(caches: CacheStorage, file: PrecacheEntry, get: typeof fetch): Promise<Response> {
  const parts = await caches.open(PARTS);
  const pieces: ArrayBuffer[] = [];
  let type = '';
  for (let from = 0; from < file.bytes; from += PART) {
    const key = `${file.url}?sha=${file.sha256}&from=${from}`;
    const held = (await parts.match(key)) ?? (await part(file, from, get));
    await parts.put(key, held.clone());
    type = held.headers.get('content-type') ?? type;
    pieces.push(await held.arrayBuffer());
  }
  return checked(new Response(new Blob(pieces), { headers: { 'content-type': type } }), file).catch(async (error: unknown) => {
    await caches.delete(PARTS);
    throw error;
  });
}

/** One part as a whole answer, since Cache Storage keeps no partial ones. */
async function part({ url, bytes }: PrecacheEntry, from: number, get: typeof fetch): Promise<Response> {
  const upTo = Math.min(from + PART, bytes) - 1;
  const response = await get(url, { cache: 'no-store', credentials: 'omit', headers: { range: `bytes=${from}-${upTo}` } });
  const body = await response.arrayBuffer();
  if (response.status !== 206 || body.byteLength !== upTo - from + 1) throw new Error(`${url}: not the part that was asked for`);
  return new Response(body, { headers: { 'content-type': response.headers.get('content-type') ?? '' } });
}
