/** One door with the people behind it; somebody is added, and who changed what can be read. */
import { both } from '../../i18n/words';
import type { Bundle } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { Changes } from '../../ui/changes';
import { Page } from '../../ui/frame';
import { Gone } from '../../ui/gone';
import { sayDoor, sayHome, sayPerson } from '../../ui/household';
import { labelOf } from '../../ui/labels';
import { Link } from '../../ui/link';
import { Icon, Mark, Plate } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { useDue } from '../../ui/due';
import { useVillages } from '../../ui/villages';
import { sayWhat } from '../../ui/why';
import { whoIsDue } from './filters';
import { W } from './words';

function Family({ bundle }: { bundle: Bundle }) {
  const t = useT();
  const { today } = useApp();
  const { persons: due } = whoIsDue(useDue());
  if (bundle.persons.length === 0) return <Empty icon="home">{t(W.nobodyHere)}</Empty>;
  return (
    <ul class="card">
      {bundle.persons.map((person) => {
        const item = due.get(person.id);
        return (
          <li key={person.id}>
            <Link class="row" to={`/person/${person.id}`}>
              <span class="grow"><b>{person.name}</b> {person.relation ? <small class="soft">{t(both(labelOf('relation', person.relation)))}</small> : null}
                <p>{sayPerson(t, person, today.value)}{item ? <>　<b class={item.state === 'overdue' ? 'late' : ''}>{sayWhat(t, item)}</b></> : null}</p></span><Icon name="next" />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

export function HouseholdPage({ id }: { id: string }) {
  const t = useT();
  const { store } = useOpen();
  const villages = useVillages();
  const bundle = store.bundles.value.get(id);
  if (!bundle) return <Gone />;
  const { household } = bundle;
  const about = [
    household.number ? t(W.number, { n: household.number }) : '',
    household.grid ? t(W.grid, { n: household.grid }) : '',
  ].filter(Boolean).join('　');
  return (
    <Page title={sayHome(t, bundle)} sub={villages.find((v) => v.code === household.area)?.name} parent="/people" right={<Plate>{sayDoor(t, household)}</Plate>} foot={<Tabs on="people" />}>
      <h2>{t(W.family)}</h2>
      <Family bundle={bundle} />
      {household.none ? null : (
        <>
          <Link class="btn" to={`/people/new?household=${id}`}><Icon name="plus" />{t(W.addMember)}</Link>
          <div class="card">
            <div class="row slim"><span class="grow"><small class="soft">{about || t(W.noGroup)}</small>{household.note ? <p>{household.note}</p> : null}</span>
              <Link class="btn bare" to={`/household/${id}/edit`} aria-label={t(W.editDoor)}><Icon name="pen" />{t(W.change)}</Link></div>
            {household.waiting?.length ? <p class="row slim"><Mark at="here" /><small class="soft">{t(W.waiting)}</small></p> : null}
          </div>
          <Changes type="household" id={id} current={{ group: household.group ?? null, grid: household.grid ?? null, number: household.number ?? null, note: household.note ?? null }} />
        </>
      )}
    </Page>
  );
}
