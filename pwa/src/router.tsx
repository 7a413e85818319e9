/** Which page stands at which address. Each is fetched when first opened; all are in the precache. */
import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Clock } from './clock';
import { Blocked } from './features/signin/Blocked';
import { LockPage } from './features/unlock/Page';
import { OWN_PHONE, SHARED_PHONE, type Spot, returnTo, spotOf, watchIdle } from './locking';
import type { Session } from './sync/session';
import { fetchRest } from './sync/worker';
import type { Store } from './store/api';
import { OpenProvider, useApp, useOpen, useT, type Open } from './ui/app';
import { Opening, Page } from './ui/frame';
import { lazy } from './ui/lazy';
import { allCame } from './ui/listed';
import { Link } from './ui/link';
import { match, type Params } from './ui/router';
import { Empty } from './ui/states';

const Today = lazy(() => import('./features/today/Page').then((m) => m.TodayPage));
const People = lazy(() => import('./features/people/Page').then((m) => m.PeoplePage));
const Village = lazy(() => import('./features/people/Page').then((m) => m.VillagePage));
const Group = lazy(() => import('./features/people/Group').then((m) => m.GroupPage));
const Household = lazy(() => import('./features/people/Household').then((m) => m.HouseholdPage));
const NewPerson = lazy(() => import('./features/people/New').then((m) => m.NewPersonPage));
const EditPerson = lazy(() => import('./features/people/Edit').then((m) => m.EditPersonPage));
const Move = lazy(() => import('./features/people/Move').then((m) => m.MovePage));
const NewDoor = lazy(() => import('./features/people/Door').then((m) => m.NewDoorPage));
const EditDoor = lazy(() => import('./features/people/Door').then((m) => m.EditDoorPage));
const SignIn = lazy(() => import('./features/signin/SignIn').then((m) => m.SignIn));
const Register = lazy(() => import('./features/signin/Register').then((m) => m.Register));
const FirstFetch = lazy(() => import('./features/signin/FirstFetch').then((m) => m.FirstFetch));
const SetPin = lazy(() => import('./features/unlock/SetPin').then((m) => m.SetPin));
const Desk = lazy(() => import('./features/desk/desk').then((m) => m.Desk));
const Person = lazy(() => import('./features/person/Page').then((m) => m.PersonPage));
const Visit = lazy(() => import('./features/visit/Page').then((m) => m.VisitPage));
const Forms = lazy(() => import('./features/record/Page').then((m) => m.FormsPage));
const OneForm = lazy(() => import('./features/record/Page').then((m) => m.FormPage));
const Work = lazy(() => import('./features/work/Page').then((m) => m.WorkPage));
const Step = lazy(() => import('./features/work/Step').then((m) => m.StepPage));
const CampaignDay = lazy(() => import('./features/work/Day').then((m) => m.DayPage));
const Education = lazy(() => import('./features/work/Education').then((m) => m.EducationPage));
const Sync = lazy(() => import('./features/sync/Page').then((m) => m.SyncPage));
const Scan = lazy(() => import('./features/scan/Page').then((m) => m.ScanPage));
const CardNumber = lazy(() => import('./features/scan/Number').then((m) => m.NumberPage));
const Give = lazy(() => import('./features/scan/Give').then((m) => m.GivePage));
const HerCards = lazy(() => import('./features/scan/Hers').then((m) => m.HersPage));
const Settings = lazy(() => import('./features/settings/Page').then((m) => m.SettingsPage));

const nameOf = (session: Session): string => (session.state.value.at === 'open' ? session.state.value.worker.name : '');

interface Route {
  readonly path: string;
  readonly show: (params: Params, session: Session) => ComponentChild;
}

const at = (params: Params, key: string): string => params[key] ?? '';
const out = (session: Session) => (): void => void session.signOut();

const ROUTES: readonly Route[] = [
  { path: '/', show: () => <Today /> },
  { path: '/people', show: () => <People /> },
  { path: '/village/:area', show: (p) => <Village area={at(p, 'area')} /> },
  { path: '/village/:area/:group', show: (p) => <Group area={at(p, 'area')} group={at(p, 'group')} /> },
  { path: '/people/new', show: () => <NewPerson /> },
  { path: '/door/new', show: () => <NewDoor /> },
  { path: '/household/:id/edit', show: (p) => <EditDoor id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/person/:id/edit', show: (p) => <EditPerson id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/person/:id/move', show: (p) => <Move id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/household/:id', show: (p) => <Household id={at(p, 'id')} /> },
  { path: '/person/:id', show: (p) => <Person id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/visit/:id', show: (p) => <Visit id={at(p, 'id')} step="met" key={at(p, 'id')} /> },
  { path: '/visit/:id/:step', show: (p) => <Visit id={at(p, 'id')} step={at(p, 'step')} key={at(p, 'id')} /> },
  { path: '/record/:id', show: (p) => <Forms id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/record/:id/:form', show: (p) => <OneForm id={at(p, 'id')} form={at(p, 'form')} key={at(p, 'form') + at(p, 'id')} /> },
  { path: '/work', show: () => <Work /> },
  { path: '/work/:id', show: (p) => <Step id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/day', show: () => <CampaignDay /> },
  { path: '/education', show: () => <Education /> },
  { path: '/scan', show: () => <Scan /> },
  { path: '/scan/number', show: () => <CardNumber /> },
  { path: '/scan/give/:token/:expires', show: (p) => <Give token={at(p, 'token')} expires={Number(at(p, 'expires'))} key={at(p, 'token')} /> },
  { path: '/scan/hers/:id', show: (p) => <HerCards id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/sync', show: (_, session) => <Sync onSignIn={out(session)} /> },
  { path: '/register', show: (_, session) => <Register session={session} name={nameOf(session)} why="fork" /> },
  { path: '/settings', show: (_, session) => <Settings session={session} onOut={out(session)} /> },
];

function NoPage() {
  const t = useT();
  return <Page title={t(['没有这一页', 'No such page'])} parent="/"><Empty icon="lost"><Link class="btn" to="/">{t(['回今日', 'Back to today'])}</Link></Empty></Page>;
}

function Pages({ session }: { session: Session }) {
  const { path } = useApp().router.place.value;
  for (const route of ROUTES) {
    const params = match(route.path, path);
    if (params) return <>{route.show(params, session)}</>;
  }
  return <NoPage />;
}

/** What stands on the first doors alone, or on one that is here already; the rest waits until the whole list is. */
function isHere(store: Store, path: string): boolean {
  if (store.whole.value || /^\/(sync|settings|register|practice)?$/.test(path)) return true;
  const [, kind, id = ''] = path.split('/');
  return kind === 'household' ? store.bundles.value.has(id) : /^(person|visit)$/.test(kind ?? '') && store.bundleOf(id) !== undefined;
}

const EVERYDAY = [Today, People, Person, Visit, Household, Sync];
const EARLY_AFTER_MS = 1500;

/** On a phone that had the app, the pages of every day are made ready in a quiet moment: a tap then shows hers at once. */
function useEarly(whole: boolean): void {
  const [installed] = useState(() => navigator.serviceWorker.controller !== null);
  useEffect(() => {
    if (!installed || !whole) return undefined;
    const timer = setTimeout(() => EVERYDAY.forEach((page) => void page.early().catch(() => undefined)), EARLY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [installed, whole]);
}

function Patient({ session }: { session: Session }) {
  const { router } = useApp();
  const { store } = useOpen();
  // Not before the list of people is here: on a thin line that comes first.
  useEffect(fetchRest, []);
  useEarly(store.whole.value);
  return isHere(store, router.place.value.path) ? <Pages session={session} /> : <Opening />;
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
