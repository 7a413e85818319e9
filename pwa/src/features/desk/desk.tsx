/** The station's desk: the same app at desk width, loaded only here. It needs a network and keeps nothing. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { createTransport, type Transport } from '../../sync/transport';
import { useApp, useT } from '../../ui/app';
import { Band, Opening } from '../../ui/frame';
import { Link } from '../../ui/link';
import { Note } from '../../ui/signs';
import { DeskSignIn } from './DeskSignIn';
import { roomAt } from './rooms';
import { Side } from './Side';
import { DeskProvider, type Found, type Me } from './wire';
import { W } from './words';
import '../../ui/moreCodes';
import '../../ui/moreIcons';
import '../../styles/pages.css';
import '../../styles/desk.css';
import './desk.css';

/** The first stop of the Tab key: past the names of the pages. */
function Skip() {
  const t = useT();
  const go = (e: Event): void => {
    e.preventDefault();
    document.querySelector<HTMLElement>('main h1')?.focus();
  };
  return <a class="skip btn main" href="#content" onClick={go}>{t(W.skip)}</a>;
}

function NotHers() {
  const t = useT();
  return <div class="phone"><Band /><main><Note icon="home"><p>{t(W.notDesk)}</p><Link class="btn" to="/">{t(W.toPhone)}</Link></Note></main></div>;
}

/** How many items wait, asked anew with each page and after each decision. */
function useCount(transport: Transport, hers: boolean, page: string): readonly [number, () => void] {
  const [waiting, setWaiting] = useState(0);
  const count = (): void => {
    // A number that does not come is only missing; the page itself says what is wrong.
    if (hers) transport.get<{ total: number }>('/api/inbox/count').then(({ total }) => setWaiting(total), () => undefined);
  };
  useEffect(count, [page]);
  return [waiting, count];
}

function Open({ me, transport, onOut }: { me: Me; transport: Transport; onOut: () => void }) {
  const { router } = useApp();
  const [shortcuts, setShortcuts] = useState(true);
  const [found, setFound] = useState<Found>({ at: 'nothing' });
  useEffect(() => {
    // Names are opened in the server's memory while she reads the first page, so that her first search is quick.
    if (me.role === 'station') transport.post('/api/people/ready').catch(() => undefined);
  }, []);
  const { room, params } = roomAt(router.place.value.path, me.role);
  const [waiting, count] = useCount(transport, me.role === 'station', room.tab);
  const leave = (): void => void transport.post('/api/auth/logout').then(onOut, onOut);
  return (
    <DeskProvider value={{ me, transport, ended: onOut, shortcuts, onShortcuts: setShortcuts, found, onFound: setFound, count }}>
      <div class="desk">
        <Skip />
        <div class="desk-band"><Band /></div>
        <Side tab={room.tab} waiting={waiting} onOut={leave} />
        <main id="content">{room.show(params)}</main>
      </div>
    </DeskProvider>
  );
}

type Who = { at: 'asking' } | { at: 'out' } | { at: 'in'; me: Me };

export function Desk() {
  const transport = useMemo(() => createTransport(), []);
  const [who, setWho] = useState<Who>({ at: 'asking' });
  const out = (): void => setWho({ at: 'out' });
  useEffect(() => {
    transport.get<{ worker: Me }>('/api/auth/me').then(({ worker }) => setWho({ at: 'in', me: worker }), out);
  }, []);
  if (who.at === 'asking') return <Opening />;
  if (who.at === 'out') return <DeskSignIn transport={transport} onIn={(me) => setWho({ at: 'in', me })} />;
  if (who.me.role !== 'station' && who.me.role !== 'county') return <NotHers />;
  return <Open me={who.me} transport={transport} onOut={out} />;
}
