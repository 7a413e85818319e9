/** The phone's real parts, wired once. */
import { signal, type Signal } from '@preact/signals';
import { boot } from './boot';
import { createClock } from './clock';
import { createPorch } from './porch';
import { openDirectory } from './store/directory';
import { installWorker } from './sync/worker';
import { createSettings, type Shelf } from './ui/settings';

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

function followNight(win: Window): Signal<boolean> {
  const asked = win.matchMedia('(prefers-color-scheme: dark)');
  const nightly = signal(asked.matches);
  asked.addEventListener('change', (e) => { nightly.value = e.matches; });
  return nightly;
}

async function start(place: HTMLElement): Promise<void> {
  const clock = createClock();
  const settings = createSettings(shelf, window.navigator.language, followNight(window));
  const room = import('./room');
  // Heard here first, since the porch listens only once the directory is open.
  room.catch(() => undefined);
  // On a phone that has the app nothing is fetched, so what tries her digits and what she sees after them may come beside it.
  if (navigator.serviceWorker.controller) void Promise.all([import('./sync/unlocking'), import('./features/today/Page')]).catch(() => undefined);
  const directory = await openDirectory(window.indexedDB).catch(() => null);
  const [entries = [], chosen] = (await Promise.all([directory?.entries(), directory?.current()]).catch(() => undefined)) ?? [];
  const session = createPorch(async () => (await room).openRoom(window, clock, directory), entries, chosen);
  const newer = signal<(() => void) | null>(null);
  // When its files did not come the porch says so.
  void session.resume().catch(() => undefined);
  await settings.ready;
  boot(place, window, { session, clock, settings, newer });
  await installWorker(window, (takeOver) => { newer.value = takeOver; }).catch(() => undefined);
}

const place = document.getElementById('app');
const { fit } = document.documentElement.dataset;
if (place && fit === 'yes') void start(place);
else if (fit === undefined) lineBroke();

/** The script that looks at the browser did not come: without this the page would open for ever. */
function lineBroke(): void {
  document.getElementById('start-opening')?.setAttribute('hidden', '');
  document.getElementById('start-cut')?.removeAttribute('hidden');
}
