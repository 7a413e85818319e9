/** Puts the service worker in place and says when a newer version of the app waits. */

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
  if (!workers) return;
  const registration = await workers.register(address(win), { scope: '/app/', updateViaCache: 'none' });
  const offer = (waiting: ServiceWorker | null) => {
    if (waiting && workers.controller) onNewer(() => takeOver(win, workers, waiting));
  };
  offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => coming.state === 'installed' && offer(coming));
  });
}

function takeOver(win: Window, workers: ServiceWorkerContainer, waiting: ServiceWorker): void {
  workers.addEventListener('controllerchange', () => win.location.reload(), { once: true });
  waiting.postMessage('take over');
}
