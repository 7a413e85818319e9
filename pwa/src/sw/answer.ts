/** What the worker answers for, and from where. */

const PAGE = '/app/index.html';

/**
 * A file of this build, or the page for any address under /app/; undefined for everything else, which goes to the network
 * untouched: other methods, other origins, and always /api.
 */
export function answer(caches: CacheStorage, shelf: string, list: readonly PrecacheEntry[], request: Request, origin: string): Promise<Response> | undefined {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin || url.pathname.startsWith('/api/')) return undefined;
  const file = list.find((one) => one.url === url.pathname);
  const path = file?.url ?? (request.mode === 'navigate' && url.pathname.startsWith('/app/') ? PAGE : undefined);
  return path === undefined ? undefined : fromShelf(caches, shelf, path, request);
}

/** The shelf may have been evicted by the browser; then the network is asked. */
async function fromShelf(caches: CacheStorage, shelf: string, path: string, request: Request): Promise<Response> {
  const held = await (await caches.open(shelf)).match(path);
  return held ?? fetch(request);
}
