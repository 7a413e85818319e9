/**
 * The service worker: the app's files on the phone, checked. It holds no key of a worker's and reads nothing, never answers for /api,
 * and takes over from an older one only when the page says so.
 */
import { answer } from './answer';
import { big, fillLater } from './later';
import { fill, forgetOthers, shelfOf } from './shelf';
import { sendPosted } from './unread';

declare const self: ServiceWorkerGlobalScope;

const shelf = shelfOf(__BUILD__);
/** Named once, since the build writes the whole list wherever it is asked for. */
const files = __PRECACHE__;

self.addEventListener('install', (event) => event.waitUntil(fill(self.caches, shelf, files.filter((file) => !big(file)), (...asked) => fetch(...asked))));
/** Big files come when the page asks, one run at a time; a broken line is taken up at the next asking. */
const coming: { run?: Promise<void> } = {};
const fetchLater = (): Promise<void> =>
  (coming.run ??= fillLater(self.caches, shelf, files, (...asked) => fetch(...asked)).catch(() => undefined).finally(() => delete coming.run));

self.addEventListener('activate', (event) => event.waitUntil(forgetOthers(self.caches, shelf).then(() => self.clients.claim())));
self.addEventListener('fetch', (event) => {
  const answered = answer(self.caches, shelf, files, event.request, self.location.origin);
  if (answered) event.respondWith(answered);
});
self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting();
  if (event.data === 'fetch the rest') event.waitUntil(fetchLater());
});

/** Newer than the type library. */
interface SyncEvent extends ExtendableEvent {
  tag: string;
}
self.addEventListener('sync' as 'message', (event) => {
  const { tag } = event as unknown as SyncEvent;
  if (tag === 'suifang-deliver') event.waitUntil(sendPosted(self.indexedDB, (...asked) => fetch(...asked)));
});
