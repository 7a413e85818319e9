/** Wires the page: look, clock, router, session. `main.tsx` gives it the real ones, the preview invented ones. */
import { effect, signal, type Signal } from '@preact/signals';
import { render } from 'preact';
import type { Clock } from './clock';
import { followInstalling } from './installing';
import { createPractising } from './practising';
import { Root } from './router';
import type { Session } from './sync/session';
import { AppProvider, type App } from './ui/app';
import { createRouter } from './ui/router';
import { createSettings, dress, type Shelf } from './ui/settings';
import './styles/tokens.css';
import './styles/parts.css';
import './styles/app.css';

export interface Parts {
  readonly session: Session;
  readonly clock: Clock;
  readonly shelf: Shelf;
  readonly newer: Signal<(() => void) | null>;
}

/** The day, looked at again when the page is: a phone sleeps over midnight in a pocket. */
function followDay(clock: Clock, win: Window): Signal<string> {
  const today = signal(clock.today());
  const look = (): void => { today.value = clock.today(); };
  win.document.addEventListener('visibilitychange', look);
  win.addEventListener('focus', look);
  win.setInterval(look, 60_000);
  return today;
}

function followNight(win: Window): Signal<boolean> {
  const asked = win.matchMedia('(prefers-color-scheme: dark)');
  const nightly = signal(asked.matches);
  asked.addEventListener('change', (e) => { nightly.value = e.matches; });
  return nightly;
}

/** Shows the app in `place`. */
export function boot(place: HTMLElement, win: Window, { session, clock, shelf, newer }: Parts): void {
  const settings = createSettings(shelf, win.navigator.language, followNight(win));
  const router = createRouter(win, '/app');
  const practice = createPractising(win.indexedDB, clock, () => router.go('/', 'replace'));
  const app: App = { settings, router, today: followDay(clock, win), now: () => clock.now(), newer, practice, install: followInstalling(win) };
  effect(() => dress(win.document.documentElement, settings, practice.on.value !== null));
  place.textContent = '';
  render(<AppProvider value={app}><Root session={session} clock={clock} /></AppProvider>, place);
}
