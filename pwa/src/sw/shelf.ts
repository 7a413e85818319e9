/** The app's files in Cache Storage, one shelf a build. A file is put there only when its hash is the build's. */

const PREFIX = 'suifang-app-';

export const shelfOf = (build: string) => PREFIX + build;

/** On a thin line few files at a time arrive whole before it breaks. */
const AT_ONCE = 4;

/**
 * Puts every file of the list on the shelf, from an older shelf where it has the same content, else from the network.
 * Rejects when one file is missing or is not the build's: then the older worker stays, and what did arrive is kept for
 * the next try, so that a line that keeps breaking still gets there.
 */
export async function fill(caches: CacheStorage, name: string, list: readonly PrecacheEntry[], get: typeof fetch): Promise<void> {
  const shelf = await caches.open(name);
  const waiting = [...list].sort((a, b) => a.bytes - b.bytes);
  const failed: unknown[] = [];
  const put = async (file: PrecacheEntry): Promise<void> => shelf.put(file.url, (await known(caches, file)) ?? (await fetched(file, get)));
  const take = async (): Promise<void> => {
    for (let file = waiting.shift(); file; file = waiting.shift()) await put(file).catch((error: unknown) => failed.push(error));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  if (failed.length > 0) throw failed[0];
}

/** A page comes from the network even when unchanged: its policy may be newer than its text. */
export async function known(caches: CacheStorage, file: PrecacheEntry): Promise<Response | undefined> {
  if (file.url.endsWith('.html')) return undefined;
  const held = await caches.match(file.url);
  return held && checked(held, file).catch(() => undefined);
}

async function fetched(file: PrecacheEntry, get: typeof fetch): Promise<Response> {
  const response = await get(file.url, { cache: 'no-cache', credentials: 'omit' });
  if (!response.ok) throw new Error(`${file.url}: ${response.status}`);
  return checked(response, file);
}

/** The same response with its headers (the page's policy rides on them) around bytes that are known to be right. */
export async function checked(response: Response, { url, sha256 }: PrecacheEntry): Promise<Response> {
  const bytes = await response.arrayBuffer();
  const found = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const text = btoa(String.fromCharCode(...found)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  if (text !== sha256) throw new Error(`${url}: not the file of this build`);
  const headers = new Headers(response.headers);
  for (const coding of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(coding);
  return new Response(bytes, { status: 200, headers });
}

/** Older builds' shelves; caches of others are left alone. */
export async function forgetOthers(caches: CacheStorage, name: string): Promise<void> {
  const names = (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== name);
  await Promise.all(names.map((one) => caches.delete(one)));
}
