/** The engine room: store, sync and rulebook, fetched beside the first screen and not before it. */
import type { Clock } from './clock';
import { rulebook } from './store/book';
import type { Directory } from './store/directory';
import { createSession, type Session } from './sync/session';
import { browser } from './sync/surroundings';
import { createTransport } from './sync/transport';

export async function openRoom(win: Window & typeof globalThis, clock: Clock, directory: Directory | null): Promise<Session> {
  const { navigator } = win;
  const locks = 'locks' in navigator ? { locks: navigator.locks } : {};
  const storage = 'storage' in navigator ? { storage: navigator.storage } : {};
  const belongings = { local: win.localStorage, caches: win.caches, workers: navigator.serviceWorker };
  return createSession({
    indexedDB: win.indexedDB, clock, book: rulebook, transport: createTransport(), ...storage, ...(directory ? { directory } : {}),
    engine: { surroundings: browser, ...locks }, belongings, later: () => deliverLater(navigator),
    phoneLock: () => import('./sync/phonelock').then((m) => m.phoneLockOf(win)),
  });
}

interface SyncManager {
  register(tag: string): Promise<void>;
}

/** One-shot background sync, where the browser has it. */
async function deliverLater({ serviceWorker }: Navigator): Promise<void> {
  const registration: (ServiceWorkerRegistration & { sync?: SyncManager }) | undefined = await serviceWorker.getRegistration('/app/');
  await registration?.sync?.register('suifang-deliver');
}
