/** The browser's own offer to put the app on the home screen, kept until she asks for it. */
import { signal, type ReadonlySignal } from '@preact/signals';

interface Offer extends Event {
  prompt(): Promise<unknown>;
}

/** What to call when she wants it; null while the browser offers nothing, or it is installed. */
export function followInstalling(win: Window): ReadonlySignal<(() => void) | null> {
  const install = signal<(() => void) | null>(null);
  win.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    install.value = () => {
      install.value = null;
      void (event as Offer).prompt();
    };
  });
  win.addEventListener('appinstalled', () => { install.value = null; });
  return install;
}
