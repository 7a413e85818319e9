/** Fetches the program anew: its worker and its files go, nothing that was recorded does. */

type Win = Pick<Window, 'fetch' | 'navigator' | 'location'> & { caches?: Pick<CacheStorage, 'keys' | 'delete'> };

// No SyncError: this must work where the engine's files did not come.
const refused = (code: string) => Object.assign(new Error(code), { code });

/** Rejects with code offline, captive_portal, … while the program cannot be had; then nothing goes. */
export async function repair(win: Win): Promise<void> {
  await reach(win);
  const { caches } = win;
  const workers = await win.navigator.serviceWorker.getRegistrations();
  await Promise.all(workers.map((one) => one.unregister()));
  if (caches) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  win.location.reload();
}

/** The worker's own script: no shelf answers for it, and what a portal sends instead is no script. */
async function reach(win: Win): Promise<void> {
  const answer = await win.fetch('/app/sw.js', { cache: 'no-store', credentials: 'omit' }).catch(() => undefined);
  if (!answer) throw refused('offline');
  if (!answer.ok) throw refused('bad_gateway');
  if (!/javascript/.test(answer.headers.get('content-type') ?? '')) throw refused('captive_portal');
}
