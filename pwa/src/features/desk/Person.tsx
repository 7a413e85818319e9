/** One person as the station may see her: masked numbers, her consents, records; the one asked for is marked. */
import { ageOn, sayDay, sayHour } from '../../i18n/days';
import { maskPhone } from '../../i18n/masks';
import { both, type T } from '../../i18n/words';
import type { Rec } from '../../store/api';
import { useApp, useT } from '../../ui/app';
import { placeWord } from '../../ui/away';
import { sayDoor } from '../../ui/household';
import { labelOf } from '../../ui/labels';
import { sayMore, sayPurpose, sayRecord } from '../../ui/record';
import { Link } from '../../ui/link';
import { Icon, Plate, Tag } from '../../ui/signs';
import { HolderCode } from './HolderCode';
import { useKeys } from './keys';
import { Asked, Head } from './parts';
import { P } from './peopleWords';
import { TR } from './transferWords';
import { useDesk, useGet, type DeskPerson, type DeskRecord } from './wire';
import { W } from './words';

/** A desk record in the phone's shape, for the same sentences. */
const asRec = (r: DeskRecord): Rec => ({
  id: r.id, form: r.form ?? '', version: 1, occurredOn: r.occurred_on, answers: r.answers ?? {}, role: r.author.role, author: r.author.id,
  status: r.status === 'void' ? 'void' : 'live', where: 'town',
});

const sayBy = (t: T, r: DeskRecord): string => (r.source === 'import' ? t(W.register) : r.source === 'transfer' ? t(TR.came, { place: r.author.name }) : r.author.name);

function Row({ record, marked }: { record: DeskRecord; marked: boolean }) {
  const t = useT();
  const { today } = useApp();
  const rec = asRec(record);
  const what = record.clinical ? t(W.clinical) : sayRecord(t, rec, today.value);
  return (
    <tr aria-current={marked ? 'true' : undefined}>
      <th scope="row">{rec.status === 'void' ? <s>{what}</s> : what} <span class="soft">{record.clinical ? '' : sayMore(t, rec, today.value)}</span></th>
      <td>{sayDay(t, record.occurred_on, today.value)}</td><td>{sayBy(t, record)}</td>
      <td>{rec.status === 'void' ? <Tag>{t(W.voided)}</Tag> : t(W.live)}</td>
    </tr>
  );
}

function About({ person }: { person: DeskPerson }) {
  const t = useT();
  const place = placeWord(person.residence);
  const where = place && person.residence_place ? [[t(place), t(both(labelOf('residence_place', person.residence_place)))] as const] : [];
  const facts = [
    [t(W.phoneNo), person.phone ? maskPhone(person.phone) : t(W.unknown)], [t(W.idNo), person.id_number || t(W.unknown)],
    [t(W.marital), person.marital ? t(both(labelOf('marital', person.marital))) : t(W.unknown)],
    [t(W.residence), person.residence ? t(both(labelOf('residence', person.residence))) : t(W.unknown)],
    ...where,
  ] as const;
  return <dl class="card answers">{facts.map(([name, value]) => <div class="row slim" key={name}><dt class="soft">{name}</dt><dd>{value}</dd></div>)}</dl>;
}

function Consents({ person }: { person: DeskPerson }) {
  const t = useT();
  const { today } = useApp();
  return (
    <section class="card">
      <h2 class="row">{t(W.consents)}</h2>
      {person.consents.map((c) => (
        <p class="row" key={c.record}><Icon name={c.decision === 'given' ? 'check' : 'minus'} /><span class="grow">{sayPurpose(t, c.purpose)}</span><span class="soft">{t(both(labelOf('standing', c.decision)))}，{sayDay(t, c.occurred_on, today.value)}</span></p>
      ))}
    </section>
  );
}

function Readers({ person }: { person: DeskPerson }) {
  const t = useT();
  const { today } = useApp();
  const { me } = useDesk();
  return (
    <section class="card">
      <h2 class="row">{t(P.readers)}</h2>
      <p class="row"><Icon name="eye" /><span class="grow">{me.name}</span><span class="soft">{t(P.now)}</span></p>
      {person.readers.length === 0 ? <p class="row soft">{t(P.noReaders)}</p> : null}
      {person.readers.map(({ at, worker }) => <p class="row slim" key={at}><span class="grow">{worker.name}</span><span class="soft">{sayHour(t, at, today.value)}</span></p>)}
    </section>
  );
}

function Known({ person, record }: { person: DeskPerson; record: string | null }) {
  const t = useT();
  const { today, router } = useApp();
  const { household } = person;
  const back = (): void => router.back('/desk/people');
  useKeys((key) => {
    if (key === 'Escape') back();
    return key === 'Escape';
  });
  const plate = { id: household.id, area: person.area.code, rev: {}, ...(household.group ? { group: household.group } : {}), ...(household.number ? { number: household.number } : {}) };
  return (
    <>
      <Head help="person" title={person.name} sub={person.birth ? t(W.age, { n: ageOn(person.birth, today.value) }) : undefined}>
        <Plate>{person.area.name} {sayDoor(t, plate)}</Plate>
        <button class="btn" type="button" onClick={back}><Icon name="back" />{t(W.back)} <kbd>Esc</kbd></button>
      </Head>
      <p class="soft"><Icon name="eye" /> {t(W.openLogged)}</p>
      <div class="two">
        <section class="card">
          <h2 class="row">{t(W.history)}</h2>
          <table><thead><tr><th scope="col">{t(W.what)}</th><th scope="col">{t(W.day)}</th><th scope="col">{t(W.author)}</th><th scope="col">{t(W.state)}</th></tr></thead>
            <tbody>{person.records.map((r) => <Row key={r.id} record={r} marked={r.id === record} />)}</tbody></table>
        </section>
        <div class="stack"><About person={person} /><Consents person={person} /><HolderCode person={person.id} /><section class="card pad"><Link class="btn" to={`/desk/transfer/${person.id}`}><Icon name="send" />{t(TR.start)}</Link></section><Readers person={person} /></div>
      </div>
    </>
  );
}

/** What stands above her page while it is coming, or did not come: where the clerk is, and the way back. */
function Coming({ failed }: { failed: boolean }) {
  const t = useT();
  const { router } = useApp();
  return <Head help="person" title={t(P.people)}>{failed ? <button class="btn" type="button" onClick={() => router.back('/desk/people')}><Icon name="back" />{t(W.back)}</button> : null}</Head>;
}

export function PersonPage({ id }: { id: string }) {
  const { router } = useApp();
  const [answer, again] = useGet<DeskPerson>(`/api/people/${id}`);
  return <>{answer.at === 'here' ? null : <Coming failed={answer.at === 'failed'} />}<Asked answer={answer} again={again}>{(person) => <Known person={person} record={router.place.value.query.get('record')} />}</Asked></>;
}
