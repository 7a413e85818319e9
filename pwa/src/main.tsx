/** The phone's real parts, wired once. */
import { signal } from '@preact/signals';
import { boot } from './boot';
import { createClock } from './clock';
import { rulebook } from './store/book';
import { fixedVault } from './store/vault';
import { createSession } from './sync/session';
import { browser } from './sync/surroundings';
import { createTransport } from './sync/transport';
import { installWorker } from './sync/worker';
import type { Shelf } from './ui/settings';

const LOOK = 'suifang.look';

/** The look alone lives outside the sealed store: it is wanted before anybody has signed in. */
const shelf: Shelf = {
  read() {
    try {
      return window.localStorage.getItem(LOOK);
    } catch {
      return null;
    }
  },
  keep(text) {
    try {
      window.localStorage.setItem(LOOK, text);
    } catch {
      // A browser that keeps nothing only forgets the look.
    }
  },
};

async function start(place: HTMLElement): Promise<void> {
  const clock = createClock();
  const locks = 'locks' in navigator ? { locks: navigator.locks } : {};
  const storage = 'storage' in navigator ? { storage: navigator.storage } : {};
  const session = await createSession({
    indexedDB: window.indexedDB, vault: await fixedVault(), clock, book: rulebook, transport: createTransport(), ...storage,
    engine: { surroundings: browser, ...locks },
  });
  const newer = signal<(() => void) | null>(null);
  boot(place, window, { session, clock, shelf, newer });
  void session.resume();
  await installWorker(window, (takeOver) => { newer.value = takeOver; }).catch(() => undefined);
}

const place = document.getElementById('app');
if (place && document.documentElement.dataset.fit === 'yes') void start(place);
