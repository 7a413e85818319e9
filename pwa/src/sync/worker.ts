/** Puts the service worker in place, again after a line that broke, and says when a newer version of the app waits. */
import { waitAfter } from './backoff';

const WORKER = '/app/sw.js';

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown };
}

/** Registering is a Trusted Types sink: the one policy lets one address through. */
function address(win: Window & { trustedTypes?: Policies }): string {
  const only = (url: string): string => {
    if (url !== WORKER) throw new TypeError(`not the worker: ${url}`);
    return url;
  };
  const policy = win.trustedTypes?.createPolicy('suifang-sw', { createScriptURL: only });
  // lib.dom knows no TrustedScriptURL; the browser does.
  return policy ? (policy.createScriptURL(WORKER) as string) : WORKER;
}

/**
 * `onNewer` gets what to call when the worker is in a quiet moment: the page then reloads into the newer version.
 * Without service workers (an old browser, a plain address) it does nothing; the app works while there is a network.
 */
export async function installWorker(win: Window, onNewer: (takeOver: () => void) => void): Promise<void> {
  const workers = win.navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers) await install({ win, workers, url: address(win), failures: 0, followed: new WeakSet(), onNewer });
}

interface Installing {
  win: Window;
  workers: ServiceWorkerContainer;
  url: string;
  failures: number;
  followed: WeakSet<ServiceWorker>;
  onNewer: (takeOver: () => void) => void;
}

/** What arrived stays on the shelf, so each try has less to fetch. */
async function install(me: Installing): Promise<void> {
  const registration = await me.workers.register(me.url, { scope: '/app/', updateViaCache: 'none' }).catch(() => undefined);
  if (!registration) return again(me);
  const offer = (waiting: ServiceWorker | null) => {
    if (waiting && me.workers.controller) me.onNewer(() => takeOver(me.win, me.workers, waiting));
  };
  offer(registration.waiting);
  if (me.failures > 0 && !registration.installing && !registration.waiting) void registration.update().catch(() => undefined);
  if (registration.installing) follow(me, registration.installing, offer);
  registration.addEventListener('updatefound', () => follow(me, registration.installing, offer));
}

function follow(me: Installing, coming: ServiceWorker | null, offer: (waiting: ServiceWorker) => void): void {
  if (!coming || me.followed.has(coming)) return;
  me.followed.add(coming);
  let arrived = false;
  coming.addEventListener('statechange', () => {
    if (coming.state === 'installed') {
      arrived = true;
      offer(coming);
    } else if (coming.state === 'redundant' && !arrived) again(me);
  });
}

function again(me: Installing): void {
  me.failures += 1;
  me.win.setTimeout(() => whenSeen(me.win, () => void install(me)), waitAfter(me.failures, Math.random()));
}

/** Nothing is fetched behind her back while the page is hidden. */
function whenSeen({ document }: Window, task: () => void): void {
  if (document.visibilityState === 'visible') task();
  else document.addEventListener('visibilitychange', task, { once: true });
}

const ask = (): void => void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage('fetch the rest'));

/** Asks the worker in place for the files that come after the others, now and whenever a network comes back; what is here costs nothing. */
export function fetchRest(): void {
  ask();
  addEventListener('online', ask);
}

function takeOver(win: Window, workers: ServiceWorkerContainer, waiting: ServiceWorker): void {
  workers.addEventListener('controllerchange', () => win.location.reload(), { once: true });
  waiting.postMessage('take over');
}
