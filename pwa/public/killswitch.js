/* Put in place of sw.js when a release is broken: takes itself and the app's files away, then lets every window load anew
   from the network. It must not touch IndexedDB: what was recorded stays. */
async function leave() {
  for (const name of await self.caches.keys()) await self.caches.delete(name);
  await self.registration.unregister();
  for (const client of await self.clients.matchAll({ type: 'window' })) await client.navigate(client.url);
}
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(leave()));
