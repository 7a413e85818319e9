/** Which page stands at which address, but for Today. Those of every day come with this file; each other is fetched when first opened. */
import type { ComponentChild } from 'preact';
import { PeoplePage, VillagePage } from './features/people/Page';
import { GroupPage } from './features/people/Group';
import { HouseholdPage } from './features/people/Household';
import { PersonPage } from './features/person/Page';
import { VisitPage } from './features/visit/Page';
import { SyncPage } from './features/sync/Page';
import type { Session } from './sync/session';
import { useApp, useT } from './ui/app';
import { Page } from './ui/frame';
import { lazy } from './ui/lazy';
import { Link } from './ui/link';
import { match, type Params } from './ui/router';
import { Empty } from './ui/states';
import './ui/moreCodes';
import './ui/moreIcons';
import './styles/pages.css';

const NewPerson = lazy(() => import('./features/people/New').then((m) => m.NewPersonPage));
const EditPerson = lazy(() => import('./features/people/Edit').then((m) => m.EditPersonPage));
const Move = lazy(() => import('./features/people/Move').then((m) => m.MovePage));
const NewDoor = lazy(() => import('./features/people/Door').then((m) => m.NewDoorPage));
const EditDoor = lazy(() => import('./features/people/Door').then((m) => m.EditDoorPage));
const Forms = lazy(() => import('./features/record/Page').then((m) => m.FormsPage));
const OneForm = lazy(() => import('./features/record/Page').then((m) => m.FormPage));
const Work = lazy(() => import('./features/work/Page').then((m) => m.WorkPage));
const Step = lazy(() => import('./features/work/Step').then((m) => m.StepPage));
const CampaignDay = lazy(() => import('./features/work/Day').then((m) => m.DayPage));
const Education = lazy(() => import('./features/work/Education').then((m) => m.EducationPage));
const Scan = lazy(() => import('./features/scan/Page').then((m) => m.ScanPage));
const CardNumber = lazy(() => import('./features/scan/Number').then((m) => m.NumberPage));
const Give = lazy(() => import('./features/scan/Give').then((m) => m.GivePage));
const HerCards = lazy(() => import('./features/scan/Hers').then((m) => m.HersPage));
const Bag = lazy(() => import('./features/bag/Pages').then((m) => m.BagPages));
const ScanSheet = lazy(() => import('./features/scan/Sheet').then((m) => m.SheetPage));
const Settings = lazy(() => import('./features/settings/Page').then((m) => m.SettingsPage));
const Register = lazy(() => import('./features/signin/Register').then((m) => m.Register));

const nameOf = (session: Session): string => (session.state.value.at === 'open' ? session.state.value.worker.name : '');

interface Route {
  readonly path: string;
  readonly show: (params: Params, session: Session) => ComponentChild;
}

const at = (params: Params, key: string): string => params[key] ?? '';
const out = (session: Session) => (): void => void session.signOut();

const ROUTES: readonly Route[] = [
  { path: '/people', show: () => <PeoplePage /> },
  { path: '/village/:area', show: (p) => <VillagePage area={at(p, 'area')} /> },
  { path: '/village/:area/:group', show: (p) => <GroupPage area={at(p, 'area')} group={at(p, 'group')} /> },
  { path: '/people/new', show: () => <NewPerson /> },
  { path: '/door/new', show: () => <NewDoor /> },
  { path: '/household/:id/edit', show: (p) => <EditDoor id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/person/:id/edit', show: (p) => <EditPerson id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/person/:id/move', show: (p) => <Move id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/household/:id', show: (p) => <HouseholdPage id={at(p, 'id')} /> },
  { path: '/person/:id', show: (p) => <PersonPage id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/visit/:id', show: (p) => <VisitPage id={at(p, 'id')} step="met" key={at(p, 'id')} /> },
  { path: '/visit/:id/:step', show: (p) => <VisitPage id={at(p, 'id')} step={at(p, 'step')} key={at(p, 'id')} /> },
  { path: '/record/:id', show: (p) => <Forms id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/record/:id/:form', show: (p) => <OneForm id={at(p, 'id')} form={at(p, 'form')} key={at(p, 'form') + at(p, 'id')} /> },
  { path: '/work', show: () => <Work /> },
  { path: '/work/:id', show: (p) => <Step id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/day', show: () => <CampaignDay /> },
  { path: '/education', show: () => <Education /> },
  { path: '/bag', show: () => <Bag page="" /> },
  { path: '/bag/:page', show: (p) => <Bag page={at(p, 'page')} /> },
  { path: '/scan/sheet', show: () => <ScanSheet /> },
  { path: '/scan', show: () => <Scan /> },
  { path: '/scan/number', show: () => <CardNumber /> },
  { path: '/scan/give/:token/:expires', show: (p) => <Give token={at(p, 'token')} expires={Number(at(p, 'expires'))} key={at(p, 'token')} /> },
  { path: '/scan/hers/:id', show: (p) => <HerCards id={at(p, 'id')} key={at(p, 'id')} /> },
  { path: '/sync', show: (_, session) => <SyncPage onSignIn={out(session)} /> },
  { path: '/register', show: (_, session) => <Register session={session} name={nameOf(session)} why="fork" /> },
  { path: '/settings', show: (_, session) => <Settings session={session} onOut={out(session)} /> },
];

function NoPage() {
  const t = useT();
  return <Page title={t(['没有这一页', 'No such page'])} parent="/"><Empty icon="lost"><Link class="btn" to="/">{t(['回今日', 'Back to today'])}</Link></Empty></Page>;
}

/** The page at this address. */
export function Elsewhere({ session }: { session: Session }) {
  const { path } = useApp().router.place.value;
  for (const route of ROUTES) {
    const params = match(route.path, path);
    if (params) return <>{route.show(params, session)}</>;
  }
  return <NoPage />;
}
