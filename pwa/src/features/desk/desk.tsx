/** The station's desk: the same app at desk width, loaded only here. It needs a network and keeps nothing. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ComponentChild } from 'preact';
import { createTransport } from '../../sync/transport';
import { useApp, useT } from '../../ui/app';
import { Band, Opening } from '../../ui/frame';
import { Link } from '../../ui/link';
import { match, type Params } from '../../ui/router';
import { Icon, Note, Plate } from '../../ui/signs';
import type { IconName } from '../../ui/icons';
import { LangSwitch } from '../../ui/tongue';
import type { Word } from '../../i18n/words';
import { DeskSignIn } from './DeskSignIn';
import { FigurePage } from './Figure';
import { InboxPage } from './Inbox';
import { PersonPage } from './Person';
import { PhonesPage } from './Phones';
import { DeskProvider, useDesk, type Me } from './wire';
import { W } from './words';
import './desk.css';

interface Room {
  readonly path: string;
  readonly show: (params: Params) => ComponentChild;
  readonly tab: string;
}

const ROOMS: readonly Room[] = [
  { path: '/desk', tab: 'figure', show: () => <FigurePage /> },
  { path: '/desk/figure', tab: 'figure', show: () => <FigurePage /> },
  { path: '/desk/inbox', tab: 'inbox', show: () => <InboxPage /> },
  { path: '/desk/person/:id', tab: 'figure', show: (p) => <PersonPage id={p.id ?? ''} key={p.id} /> },
  { path: '/desk/phones', tab: 'phones', show: () => <PhonesPage /> },
];

interface Tab {
  readonly name: string;
  readonly icon: IconName;
  readonly word: Word;
  readonly county: boolean;
}

/** The county sees figures, workers and phones, no person. */
const TABS: readonly Tab[] = [
  { name: 'figure', icon: 'chart', word: W.figures, county: true },
  { name: 'inbox', icon: 'inbox', word: W.inbox, county: false },
  { name: 'phones', icon: 'mobile', word: W.phones, county: true },
];

function Side({ tab, onOut }: { tab: string; onOut: () => void }) {
  const t = useT();
  const { me } = useDesk();
  return (
    <nav class="side" aria-label={t(W.main)}>
      <p class="flex brand"><Plate>随访</Plate>{me.areas[0]?.name}</p>
      {TABS.filter((one) => one.county || me.role === 'station').map((one) => (
        <Link key={one.name} to={`/desk/${one.name}`} aria-current={one.name === tab ? 'page' : undefined}><Icon name={one.icon} />{t(one.word)}</Link>
      ))}
      <LangSwitch />
      <p class="small soft me-line">{me.name}<br /><button class="btn bare out" type="button" onClick={onOut}>{t(W.out)}</button></p>
    </nav>
  );
}

function roomAt(path: string): { room: Room; params: Params } {
  for (const room of ROOMS) {
    const params = match(room.path, path);
    if (params) return { room, params };
  }
  return { room: ROOMS[0] as Room, params: {} };
}

function NotHers() {
  const t = useT();
  return <div class="phone"><Band /><main><Note icon="home"><p>{t(W.notDesk)}</p><Link class="btn" to="/">{t(W.toPhone)}</Link></Note></main></div>;
}

type Who = { at: 'asking' } | { at: 'out' } | { at: 'in'; me: Me };

export function Desk() {
  const { router } = useApp();
  const transport = useMemo(() => createTransport(), []);
  const [who, setWho] = useState<Who>({ at: 'asking' });
  const out = (): void => setWho({ at: 'out' });
  useEffect(() => {
    transport.get<{ worker: Me }>('/api/auth/me').then(({ worker }) => setWho({ at: 'in', me: worker }), out);
  }, []);
  if (who.at === 'asking') return <Opening />;
  if (who.at === 'out') return <DeskSignIn transport={transport} onIn={(me) => setWho({ at: 'in', me })} />;
  if (who.me.role !== 'station' && who.me.role !== 'county') return <NotHers />;
  const { room, params } = roomAt(router.place.value.path);
  const leave = (): void => void transport.post('/api/auth/logout').then(out, out);
  return (
    <DeskProvider value={{ me: who.me, transport, ended: out }}>
      <div class="desk">
        <div class="desk-band"><Band /></div>
        <Side tab={room.tab} onOut={leave} />
        <main>{room.show(params)}</main>
      </div>
    </DeskProvider>
  );
}
