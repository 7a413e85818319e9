/** The desk's pages: which stands at which address, who sees it, and the digit that opens it. */
import type { ComponentChild } from 'preact';
import type { IconName } from '../../ui/icons';
import { match, type Params } from '../../ui/router';
import type { Word } from '../../i18n/words';
import { CardsPage } from './Cards';
import { C } from './cardWords';
import { CountyPage } from './County';
import { CountyTrialPage } from './CountyTrial';
import { CO } from './countyWords';
import { FigurePage } from './Figure';
import { ImportPage } from './Import';
import { I } from './importWords';
import { InboxPage } from './Inbox';
import { PeoplePage } from './People';
import { PersonPage } from './Person';
import { PhonesPage } from './Phones';
import { P } from './peopleWords';
import { RatesPage } from './Rates';
import { StockPage } from './Stock';
import { S } from './stockWords';
import { TransferSendPage } from './TransferSend';
import { TransfersPage } from './Transfers';
import { WorkersPage } from './Workers';
import { K } from './workerWords';
import { VillagesPage } from './Villages';
import { V } from './villageWords';
import { W } from './words';

export interface Room {
  readonly path: string;
  readonly show: (params: Params) => ComponentChild;
  readonly tab: string;
}

const ROOMS: readonly Room[] = [
  { path: '/desk/villages', tab: 'villages', show: () => <VillagesPage /> },
  { path: '/desk/inbox', tab: 'inbox', show: () => <InboxPage /> },
  { path: '/desk/people', tab: 'people', show: () => <PeoplePage /> },
  { path: '/desk/person/:id', tab: 'people', show: (p) => <PersonPage id={p.id ?? ''} key={p.id} /> },
  { path: '/desk/transfers', tab: 'people', show: () => <TransfersPage /> },
  { path: '/desk/transfer/:id', tab: 'people', show: (p) => <TransferSendPage id={p.id ?? ''} key={p.id} /> },
  { path: '/desk/figure', tab: 'figure', show: () => <FigurePage /> },
  { path: '/desk/rates', tab: 'figure', show: () => <RatesPage /> },
  { path: '/desk/phones', tab: 'phones', show: () => <PhonesPage /> },
  { path: '/desk/import', tab: 'import', show: () => <ImportPage /> },
  { path: '/desk/workers', tab: 'workers', show: () => <WorkersPage /> },
  { path: '/desk/cards', tab: 'cards', show: () => <CardsPage /> },
  { path: '/desk/stock', tab: 'stock', show: () => <StockPage /> },
  { path: '/desk/county', tab: 'county', show: () => <CountyPage /> },
  { path: '/desk/trial', tab: 'county', show: () => <CountyTrialPage /> },
];

export interface Tab {
  readonly name: string;
  readonly icon: IconName;
  readonly word: Word;
  /** The county sees figures, workers and phones, no person; it alone says what the local authority confirms. */
  readonly county: boolean | 'only';
}

const TABS: readonly Tab[] = [
  { name: 'villages', icon: 'home', word: V.overview, county: false },
  { name: 'inbox', icon: 'inbox', word: W.inbox, county: false },
  { name: 'people', icon: 'people', word: P.people, county: false },
  { name: 'figure', icon: 'chart', word: W.figures, county: true },
  { name: 'phones', icon: 'mobile', word: W.phones, county: true },
  { name: 'workers', icon: 'key', word: K.workers, county: true },
  { name: 'import', icon: 'bring', word: I.import, county: false },
  { name: 'cards', icon: 'scan', word: C.cards, county: false },
  { name: 'stock', icon: 'box', word: S.stock, county: true },
  { name: 'county', icon: 'tick', word: CO.title, county: 'only' },
];

export const tabsOf = (role: string): readonly Tab[] => TABS.filter((tab) => (role === 'station' ? tab.county !== 'only' : tab.county));

/** The page at an address; the first of her tabs for one that there is not, or that is not hers. */
export function roomAt(path: string, role: string): { room: Room; params: Params } {
  const mine = new Set(tabsOf(role).map((tab) => tab.name));
  const hers = ROOMS.filter((room) => mine.has(room.tab));
  for (const room of hers) {
    const params = match(room.path, path);
    if (params) return { room, params };
  }
  return { room: hers[0] as Room, params: {} };
}
