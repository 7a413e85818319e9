/** All parts in every state, for whoever draws or checks them. Development only: the build does not know this page. */
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { createClock } from '../clock';
import { AppProvider, type App } from '../ui/app';
import { createRouter } from '../ui/router';
import { createSettings, dress } from '../ui/settings';
import { Parts } from './Parts';
import '../ui/moreIcons';
import '../styles/tokens.css';
import '../styles/parts.css';
import '../styles/app.css';
import '../styles/pages.css';
import '../styles/desk.css';

const clock = createClock();
const settings = createSettings({ read: () => null, keep: () => undefined }, 'zh', signal(false));
const none = (): Promise<void> => Promise.resolve();
const app: App = {
  settings, router: createRouter(window, '/app'), today: signal(clock.today()), turning: signal(false), now: () => clock.now(), newer: signal(null),
  practice: { on: signal(null), enter: none, leave: none }, install: signal(null),
};
const drill = signal(false);
effect(() => dress(document.documentElement, settings, drill.value));
const place = document.getElementById('app');
if (place) render(<AppProvider value={app}><Parts drill={drill} /></AppProvider>, place);
