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
import { dress, type Settings } from './ui/settings';
import './styles/tokens.css';
import './styles/parts.css';
import './styles/app.css';

export interface Parts {
  readonly session: Session;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly newer: Signal<(() => void) | null>;
}

/**
 * The day, looked at again when the page is: a phone sleeps over midnight in a pocket. A new day's list is worked out
 * first, in slices: all at once it would hold ten thousand people's phone for seconds.
 */
function followDay(clock: Clock, win: Window, ready: (day: string) => Promise<void>): Pick<App, 'today' | 'turning'> {
  const today = signal(clock.today());
  const turning = signal(false);
  const coming = { day: today.value };
  const look = (): void => {
    const day = clock.today();
    if (day === coming.day) return;
    coming.day = day;
    turning.value = true;
    const begin = (): void => {
      if (coming.day !== day) return;
      today.value = day;
      turning.value = false;
    };
    ready(day).then(begin, begin);
  };
  win.document.addEventListener('visibilitychange', look);
  win.addEventListener('focus', look);
  win.setInterval(look, 60_000);
  return { today, turning };
}

/** Shows the app in `place`. */
export function boot(place: HTMLElement, win: Window, { session, clock, settings, newer }: Parts): void {
  const router = createRouter(win, '/app');
  const practice = createPractising(win.indexedDB, clock, () => router.go('/', 'replace'));
  const ready = async (day: string): Promise<void> => {
    const state = session.state.value;
    if (state.at === 'open') await state.store.ready(day);
  };
  const app: App = { settings, router, ...followDay(clock, win, ready), now: () => clock.now(), newer, practice, install: followInstalling(win) };
  effect(() => dress(win.document.documentElement, settings, practice.on.value !== null));
  place.textContent = '';
  render(<AppProvider value={app}><Root session={session} clock={clock} /></AppProvider>, place);
}
