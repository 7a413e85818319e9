/** From the first screen to Today; every other page is fetched when it is first opened, and all are in the precache. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Clock } from './clock';
import { Blocked } from './features/signin/Blocked';
import { DoneList } from './features/today/later';
import { LockPage } from './features/unlock/Page';
import { OWN_PHONE, SHARED_PHONE, type Spot, returnTo, spotOf, watchIdle } from './locking';
import type { Session } from './sync/session';
import { fetchRest } from './sync/worker';
import type { Store } from './store/api';
import { OpenProvider, useApp, useOpen, type Open } from './ui/app';
import { Opening } from './ui/frame';
import { lazy } from './ui/lazy';
import { allCame } from './ui/listed';

const Today = lazy(() => import('./features/today/Page').then((m) => m.TodayPage));
const SignIn = lazy(() => import('./features/signin/SignIn').then((m) => m.SignIn));
const Register = lazy(() => import('./features/signin/Register').then((m) => m.Register));
const FirstFetch = lazy(() => import('./features/signin/FirstFetch').then((m) => m.FirstFetch));
const SetPin = lazy(() => import('./features/unlock/SetPin').then((m) => m.SetPin));
const Desk = lazy(() => import('./features/desk/desk').then((m) => m.Desk));
const Elsewhere = lazy(() => import('./elsewhere').then((m) => m.Elsewhere));

/** What stands on the first doors alone, or on one that is here already; the rest waits until the whole list is. */
function isHere(store: Store, path: string): boolean {
  if (store.whole.value || /^\/(sync|settings|register|practice)?$/.test(path)) return true;
  const [, kind, id = ''] = path.split('/');
  return kind === 'household' ? store.bundles.value.has(id) : /^(person|visit)$/.test(kind ?? '') && store.bundleOf(id) !== undefined;
}

const EVERYDAY = [Today, DoneList, Elsewhere];
const EARLY_AFTER_MS = 1500;

/** Once the phone has the app, what comes after the list is made ready in a quiet moment: a tap then shows hers at once. */
function useEarly(whole: boolean): void {
  useEffect(() => {
    if (!whole) return undefined;
    const wanted = { timer: 0, still: true };
    const fetchAll = (): void => EVERYDAY.forEach((page) => void page.early().catch(() => undefined));
    void navigator.serviceWorker?.ready.then(() => { if (wanted.still) wanted.timer = window.setTimeout(fetchAll, EARLY_AFTER_MS); });
    return () => {
      wanted.still = false;
      clearTimeout(wanted.timer);
    };
  }, [whole]);
}

function Patient({ session }: { session: Session }) {
  const { router } = useApp();
  const { store } = useOpen();
  // Not before the list of people is here: on a thin line that comes first.
  useEffect(fetchRest, []);
  useEarly(store.whole.value);
  const { path } = router.place.value;
  if (!isHere(store, path)) return <Opening />;
  return path === '/' ? <Today /> : <Elsewhere session={session} />;
}

/** The pages over one open store; it syncs by itself while they stand. */
function Opened({ open, session }: { open: Open; session: Session }) {
  const { store, engine } = open;
  useEffect(() => {
    engine.start();
    return () => engine.stop();
  }, [engine]);
  const { feeds, lastReceipt } = store.status.value;
  const empty = store.bundles.value.size === 0 && lastReceipt === undefined && !allCame(feeds);
  const [first] = useState(empty);
  const pages = <Patient session={session} />;
  return <OpenProvider value={open}>{first ? <FirstFetch wanted={empty} session={session}>{pages}</FirstFetch> : pages}</OpenProvider>;
}

interface RootProps {
  session: Session;
  clock: Clock;
}

/** Locks when it is left alone, and brings her back to where she was. */
function useLock({ session, clock }: RootProps) {
  const spot = useRef<Spot | null>(null);
  const state = session.state.value;
  const open = state.at === 'open';
  const shared = state.at === 'open' && state.shared;
  useEffect(() => {
    document.documentElement.dataset.at = state.at;
    if (!open) return undefined;
    if (spot.current) returnTo(window, spot.current);
    spot.current = null;
    const lock = (): void => {
      spot.current ??= spotOf(window);
      void session.lock();
    };
    return watchIdle(window, clock, shared ? SHARED_PHONE : OWN_PHONE, { lock, hour: () => void session.tick() });
  }, [state.at, shared]);
}

/** The whole app by the state of the session; the desk has a sign-in of its own and needs a network. */
export function Root({ session, clock }: RootProps) {
  const { router, practice } = useApp();
  const state = session.state.value;
  const practising = practice.on.value;
  useLock({ session, clock });
  // While she presses her digits the page she lands on is fetched.
  const coming = state.at === 'starting' || state.at === 'locked';
  useEffect(() => { if (coming) void Today.early().catch(() => undefined); }, [coming]);
  if (practising) return <Opened open={practising} session={session} key="practice" />;
  if (/^\/desk(\/|$)/.test(router.place.value.path)) return <Desk />;
  switch (state.at) {
    case 'starting': return <Opening />;
    case 'blocked': return <Blocked />;
    case 'desk': return <Desk />;
    case 'signed_out': return <SignIn session={session} last={state.last?.name} why={state.why} back={state.back} />;
    case 'unregistered': return <Register session={session} name={state.worker.name} why={state.why} />;
    case 'pin': return <SetPin session={session} name={state.worker.name} onSet={() => router.go('/', 'replace')} />;
    case 'locked': return <LockPage session={session} people={state.people} chosen={state.chosen} />;
    case 'open': return <Opened open={state} session={session} key={state.worker.id} />;
  }
}
