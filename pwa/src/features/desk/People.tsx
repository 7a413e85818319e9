/** Finding a person anywhere in the township. Asked when Enter is pressed, since each search is written down. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { sayVague } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { sayDoor } from '../../ui/household';
import { Link } from '../../ui/link';
import { Icon, Note } from '../../ui/signs';
import { Empty, Loading } from '../../ui/states';
import { sayDeskCode } from './deskCodes';
import { walk } from './keys';
import { Head } from './parts';
import { TR } from './transferWords';
import { P } from './peopleWords';
import { useDesk, type Found, type PersonLine } from './wire';
import { W } from './words';

const MOST = 50;

function Row({ person }: { person: PersonLine }) {
  const t = useT();
  const { today } = useApp();
  const { household, area } = person;
  const door = { id: household.id, area: area.code, rev: {}, ...(household.group ? { group: household.group } : {}), ...(household.number ? { number: household.number } : {}) };
  return (
    <tr>
      <th scope="row"><Link to={`/desk/person/${person.id}`} data-row>{person.name}</Link></th>
      <td>{person.birth ? sayVague(t, person.birth, today.value) : t(W.unknown)}</td><td>{area.name} {sayDoor(t, door)}</td>
      <td class="nb">{person.phone || '—'}</td><td class="nb">{person.id_number || '—'}</td>
    </tr>
  );
}

function Table({ people }: { people: readonly PersonLine[] }) {
  const t = useT();
  return (
    <section class="card wide">
      <p class="pad soft" role="status">{people.length >= MOST ? t(P.many, { n: people.length }) : t(P.foundN, { n: people.length })}</p>
      <table>
        <thead><tr><th scope="col">{t(P.name)}</th><th scope="col">{t(P.born)}</th><th scope="col">{t(P.door)}</th><th scope="col">{t(W.phoneNo)}</th><th scope="col">{t(W.idNo)}</th></tr></thead>
        <tbody>{people.map((person) => <Row key={person.id} person={person} />)}</tbody>
      </table>
    </section>
  );
}

function Shown({ found }: { found: Found }) {
  const t = useT();
  switch (found.at) {
    case 'nothing': return <Empty icon="search"><b>{t(P.start)}</b><p>{t(P.startHint)}</p></Empty>;
    case 'asking': return <Loading what={t(P.searching)} />;
    case 'failed': return <Note tone="late" icon="warn" role="alert">{t(W.failed, { why: sayDeskCode(t, found.code) })}</Note>;
    case 'here': return found.people.length > 0 ? <Table people={found.people} />
      : <Empty icon="search"><b role="status">{t(P.nobody, { q: found.q })}</b><p>{t(P.nobodyHint)}</p></Empty>;
  }
}

/** Keeps what was found while she opens one of them and comes back; it is gone when the desk is closed. */
export function PeoplePage() {
  const t = useT();
  const { transport, found, onFound, ended } = useDesk();
  const [q, setQ] = useState(found.at === 'here' ? found.q : '');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    // Names are opened in the server's memory meanwhile; a failure only makes the first search slower.
    transport.post('/api/people/ready').catch(() => undefined);
  }, []);
  const search = (e: Event): void => {
    e.preventDefault();
    const wanted = q.trim();
    if (!wanted) return;
    onFound({ at: 'asking' });
    transport.post<{ people: PersonLine[] }>('/api/people/search', { q: wanted }).then(
      ({ people }) => onFound({ at: 'here', q: wanted, people }),
      (error: unknown) => {
        const code = codeOf(error);
        if (code === 'not_signed_in') ended();
        onFound({ at: 'failed', code });
      },
    );
  };
  return (
    <>
      <Head help="people" title={t(P.people)}><Link class="btn" to="/desk/transfers">{t(TR.transfers)}</Link></Head>
      <div class="stack" onKeyDown={walk}>
        <form role="search" class="flex" onSubmit={search}>
          <label class="find grow"><Icon name="search" /><span class="sr">{t(P.find)}</span>
            <input name="q" type="search" ref={input} maxLength={40} autocomplete="off" spellcheck={false} placeholder={t(P.what)} value={q} onInput={(e) => setQ(e.currentTarget.value)} />
          </label>
          <button class="btn main" type="submit">{t(P.go)}</button>
        </form>
        <p class="soft"><Icon name="eye" /> {t(P.logged)}</p>
        <Shown found={found} />
      </div>
    </>
  );
}
