/** What every page may ask for: how to speak, where we are, what day it is, whose store is open. */
import { createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import type { ReadonlySignal } from '@preact/signals';
import { speak, type T } from '../i18n/words';
import type { Engine, Store } from '../store/api';
import type { Router } from './router';
import type { Settings } from './settings';

export interface App {
  readonly settings: Settings;
  readonly router: Router;
  /** "YYYY-MM-DD" on this phone; moves on at midnight and when the page is looked at again. */
  readonly today: ReadonlySignal<string>;
  /** A new day has begun and its list is still being worked out; `today` is the day before. */
  readonly turning: ReadonlySignal<boolean>;
  readonly now: () => number;
  /** A newer version waits; taken by her tap, never by itself. */
  readonly newer: ReadonlySignal<(() => void) | null>;
  readonly practice: Practising;
  /** Puts the app on the home screen, where the browser offers it. */
  readonly install: ReadonlySignal<(() => void) | null>;
}

/** A fake village in a store of its own; null while she is in the real one. */
export interface Practising {
  readonly on: ReadonlySignal<Open | null>;
  enter(): Promise<void>;
  leave(): Promise<void>;
}

const Here = createContext<App | null>(null);

export const AppProvider = Here.Provider;

export function useApp(): App {
  const app = useContext(Here);
  if (!app) throw new Error('page shown outside the app');
  return app;
}

export function useT(): T {
  const { settings } = useApp();
  const lang = settings.lang.value;
  return useMemo(() => speak(lang), [lang]);
}

export interface Open {
  readonly store: Store;
  readonly engine: Engine;
}

const Opened = createContext<Open | null>(null);

export const OpenProvider = Opened.Provider;

/** The same, or null where no store is open. */
export const useOpenIfAny = (): Open | null => useContext(Opened);

/** The open store and its engine; only pages behind the sign-in call it. */
export function useOpen(): Open {
  const open = useContext(Opened);
  if (!open) throw new Error('no store is open');
  return open;
}
