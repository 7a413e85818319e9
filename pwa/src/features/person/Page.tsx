/** One person: what is covered, what is due, her method, what she agreed to, what happened before. */
import { daysBetween, sayDay } from '../../i18n/days';
import type { Bundle, DueItem, Person } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { Gone } from '../../ui/gone';
import { sayDoor, sayPerson } from '../../ui/household';
import { duties } from '../../ui/due';
import { lazy } from '../../ui/lazy';
import { formOf } from '../../ui/labels';
import { Link } from '../../ui/link';
import { useSaid } from '../../ui/changes';
import { sayChange } from '../../ui/said';
import { Icon, Note, Plate } from '../../ui/signs';
import { sayWhat, sayWhy } from '../../ui/why';
import { dueOf, recordsOf } from './about';
import { Consents } from './Consents';
import { Covered } from './Covered';
import { Method } from './Method';
import { Timeline } from './Timeline';
import { W } from './words';

const Pregnancy = lazy(() => import('./Pregnancy').then((m) => m.Pregnancy), () => null);

/** What is due for her in this house alone: her page need not wait for everybody's. A guest is nobody's on this phone. */
function useDueIn(bundle: Bundle, day: string): DueItem[] {
  const { store } = useOpen();
  const { role, areas } = store.worker.value;
  const items = store.bundles.value.get(bundle.household.id) === bundle ? store.dueIn(bundle, day) : [];
  return duties(items, [role, ...areas.map((area) => area.role)]);
}

function Due({ person, bundle }: { person: Person; bundle: Bundle }) {
  const t = useT();
  const { today } = useApp();
  const day = today.value;
  const due = useDueIn(bundle, day);
  return (
    <>
      {dueOf(due, person.id).map((item) => {
        const late = item.state === 'overdue';
        const head = late ? t(W.late, { what: sayWhat(t, item), n: item.late ?? Math.max(1, daysBetween(item.closes, day)) })
          : item.due <= day ? t(W.due, { what: sayWhat(t, item) }) : t(item.state === 'later' ? W.from : W.until, { what: sayWhat(t, item), day: sayDay(t, item.state === 'later' ? item.opens : item.closes, day) });
        return <Note key={item.schedule} tone={late ? 'late' : ''} icon="clock"><b>{head}</b><br />{sayWhy(t, item)}</Note>;
      })}
    </>
  );
}

/** Fields of which the town keeps two values. */
function Clashes({ person }: { person: Person }) {
  const t = useT();
  const { store } = useOpen();
  const said = useSaid();
  return (
    <>
      {store.changes('person', person.id).filter((change) => change.clashes).map((change) => (
        <Note key={change.id} tone="late" icon="people">{sayChange(t, said, 'person', change).map((line) => <p key={line}>{line}</p>)}
          <button class="btn bare" type="button" onClick={() => void store.dismiss(change.id)}>{t(W.seen)}</button></Note>
      ))}
    </>
  );
}

/** Whether she writes a form where this household lives. */
function useWrites(bundle: Bundle): (form: string) => boolean {
  const { areas, role } = useOpen().store.worker.value;
  const here = areas.find((a) => bundle.household.area.startsWith(a.code))?.role ?? role;
  return (form) => formOf(form)?.writers.includes(here) ?? false;
}

/** Visits are the director's; a technician records a service, and hands out. */
function Foot({ person, bundle }: { person: Person; bundle: Bundle }) {
  const t = useT();
  const { store } = useOpen();
  const writes = useWrites(bundle);
  const visits = writes('household_visit');
  const begun = store.drafts.load(`${visits ? 'visit' : 'service'}:${person.id}`) !== undefined;
  return (
    <div class="bar">
      {writes('contraceptive_supply') ? <Link class="btn" to={`/visit/${person.id}/did?do=supply`}><Icon name="box" />{t(W.supply)}</Link> : null}
      {visits ? <Link class="btn main" to={`/visit/${person.id}`}><Icon name="home" />{t(begun ? W.goOn : W.visit)}</Link>
        : <Link class="btn main" to={`/visit/${person.id}/did?do=service`}><Icon name="pen" />{t(W.service)}</Link>}
    </div>
  );
}

function Known({ bundle, person }: { bundle: Bundle; person: Person }) {
  const t = useT();
  const { today } = useApp();
  const records = recordsOf(bundle, person.id);
  const writes = useWrites(bundle);
  const right = bundle.household.none ? null : <Link to={`/household/${bundle.household.id}`} class="tall"><Plate>{sayDoor(t, bundle.household)}</Plate></Link>;
  return (
    <Page title={person.name} sub={sayPerson(t, person, today.value)} parent="/people" right={right} foot={<Foot person={person} bundle={bundle} />}>
      <Clashes person={person} />
      <Due person={person} bundle={bundle} />
      <Covered person={person} />
      {records.some((one) => one.form === 'anc') ? <Pregnancy records={records} /> : null}
      <div class="pair even">
        <Link class="btn" to={`/person/${person.id}/edit`}><Icon name="pen" />{t(W.edit)}</Link>
        <Link class="btn" to={`/person/${person.id}/move`}><Icon name="home" />{t(W.move)}</Link>
      </div>
      <Method records={records} />
      <div class="pair even">
        <Link class="btn" to={`/record/${person.id}`}><Icon name="pen" />{t(W.forms)}</Link>
        {writes('service_card') ? <Link class="btn" to={`/scan/hers/${person.id}`}><Icon name="scan" />{t(W.card)}</Link> : null}
      </div>
      <Consents person={person} records={records} bundle={bundle} />
      <Timeline person={person} records={records} />
    </Page>
  );
}

export function PersonPage({ id }: { id: string }) {
  const { store } = useOpen();
  void store.bundles.value;
  const bundle = store.bundleOf(id);
  const person = bundle?.persons.find((p) => p.id === id);
  if (bundle && person) return <Known bundle={bundle} person={person} />;
  return <Gone />;
}
