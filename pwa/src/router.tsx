/** Which page stands at which address. Today and People come with the first screen; the rest when first opened. */
import type { ComponentChild } from 'preact';
import { GroupPage, HouseholdPage } from './features/people/Group';
import { PeoplePage, VillagePage } from './features/people/Page';
import { Blocked } from './features/signin/Blocked';
import { FirstFetch } from './features/signin/FirstFetch';
import { Register } from './features/signin/Register';
import { SignIn } from './features/signin/SignIn';
import type { Door } from './features/signin/door';
import { TodayPage } from './features/today/Page';
import type { SessionState } from './sync/session';
import { OpenProvider, useApp, useT, type Open } from './ui/app';
import { Band, Page } from './ui/frame';
import { lazy } from './ui/lazy';
import { Link } from './ui/link';
import { match, type Params } from './ui/router';
import { Empty, Loading } from './ui/states';

const Desk = lazy(() => import('./features/desk/desk').then((m) => m.Desk));
const Person = lazy(() => import('./features/person/Page').then((m) => m.PersonPage));
const Visit = lazy(() => import('./features/visit/Page').then((m) => m.VisitPage));
const Sync = lazy(() => import('./features/sync/Page').then((m) => m.SyncPage));
const Settings = lazy(() => import('./features/settings/Page').then((m) => m.SettingsPage));

interface Route {
  readonly path: string;
  readonly show: (params: Params, door: Door) => ComponentChild;
}

const at = (params: Params, key: string): string => params[key] ?? '';
const out = (door: Door) => (): void => void door.enter(door.session.signOut());

const ROUTES: readonly Route[] = [
  { path: '/', show: () => <TodayPage /> },
  { path: '/people', show: () => <PeoplePage /> },
  { path: '/village/:area', show: (p) => <VillagePage area={at(p, 'area')} /> },
  { path: '/village/:area/:group', show: (p) => <GroupPage area={at(p, 'area')} group={at(p, 'group')} /> },
  { path: '/household/:id', show: (p) => <HouseholdPage id={at(p, 'id')} /> },
  { path: '/person/:id', show: (p) => <Person id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/visit/:id', show: (p) => <Visit id={at(p, 'id')} step="met" key={at(p, 'id')} /> },
  { path: '/visit/:id/:step', show: (p) => <Visit id={at(p, 'id')} step={at(p, 'step')} key={at(p, 'id')} /> },
  { path: '/sync', show: (_, door) => <Sync onSignIn={out(door)} /> },
  { path: '/settings', show: (_, door) => <Settings onOut={out(door)} /> },
];

function NoPage() {
  const t = useT();
  return <Page title={t(['没有这一页', 'No such page'])} parent="/"><Empty icon="lost"><Link class="btn" to="/">{t(['回今日', 'Back to today'])}</Link></Empty></Page>;
}

function Pages({ door }: { door: Door }) {
  const { path } = useApp().router.place.value;
  for (const route of ROUTES) {
    const params = match(route.path, path);
    if (params) return <>{route.show(params, door)}</>;
  }
  return <NoPage />;
}

const atDesk = (role: string): boolean => role === 'station' || role === 'county';

function Opened({ open, door }: { open: Open; door: Door }) {
  const empty = open.store.bundles.value.size === 0 && open.store.status.value.lastReceipt === undefined;
  return <OpenProvider value={open}><FirstFetch wanted={empty}><Pages door={door} /></FirstFetch></OpenProvider>;
}

/** The whole app by the state of the session; the desk has a sign-in of its own and needs a network. */
export function Root({ state, door }: { state: SessionState; door: Door }) {
  const { place } = useApp().router;
  if (/^\/desk(\/|$)/.test(place.value.path)) return <Desk />;
  switch (state.at) {
    case 'starting': return <div class="phone"><Band /><Loading /></div>;
    case 'blocked': return <Blocked />;
    case 'signed_out': return <SignIn door={door} last={state.last?.name} />;
    case 'unregistered': return atDesk(state.worker.role) ? <Desk /> : <Register door={door} name={state.worker.name} why={state.why} />;
    case 'open': return <Opened open={state} door={door} />;
  }
}
