/**
 * The service worker: the app's files on the phone, checked, and nothing else. It holds no data, never answers for /api,
 * and takes over from an older one only when the page says so.
 */
import { answer } from './answer';
import { big, fillLater } from './later';
import { fill, forgetOthers, shelfOf } from './shelf';

declare const self: ServiceWorkerGlobalScope;

const shelf = shelfOf(__BUILD__);

self.addEventListener('install', (event) => event.waitUntil(fill(self.caches, shelf, __PRECACHE__.filter((file) => !big(file)), (...asked) => fetch(...asked))));
/** Big files come when the page asks, one run at a time; a broken line is taken up at the next asking. */
const coming: { run?: Promise<void> } = {};
const fetchLater = (): Promise<void> =>
  (coming.run ??= fillLater(self.caches, shelf, __PRECACHE__, (...asked) => fetch(...asked)).catch(() => undefined).finally(() => delete coming.run));

self.addEventListener('activate', (event) => event.waitUntil(forgetOthers(self.caches, shelf).then(() => self.clients.claim())));
self.addEventListener('fetch', (event) => {
  const answered = answer(self.caches, shelf, __PRECACHE__, event.request, self.location.origin);
  if (answered) event.respondWith(answered);
});
self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting();
  if (event.data === 'fetch the rest') event.waitUntil(fetchLater());
});
