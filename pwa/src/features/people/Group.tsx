/** One group, door by door; and one door with the people behind it. */
import { useApp, useOpen, useT } from '../../ui/app';
import type { Bundle } from '../../store/api';
import { sayDoor, sayGroup, sayHome, sayPerson } from '../../ui/household';
import { both } from '../../i18n/words';
import { Page } from '../../ui/frame';
import { labelOf } from '../../ui/labels';
import { Link } from '../../ui/link';
import { Icon, Plate } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { useVillages } from '../../ui/villages';
import { doors, isUngrouped } from './tree';
import { W } from './words';

export function GroupPage({ area, group }: { area: string; group: string }) {
  const t = useT();
  const { store } = useOpen();
  const village = useVillages().find((v) => v.code === area)?.name ?? area;
  const title = isUngrouped(group) ? t(W.noGroup) : sayGroup(t, group);
  return (
    <Page title={`${village} ${title}`} parent={`/village/${area}`} foot={<Tabs on="people" />}>
      <ul class="card">
        {doors(area, group, store.bundles.value.values()).map((bundle) => (
          <li key={bundle.household.id}>
            <Link class="row" to={`/household/${bundle.household.id}`}>
              <Plate>{sayDoor(t, bundle.household)}</Plate>
              <span class="grow"><b>{sayHome(t, bundle)}</b></span>
              <small class="soft nb">{bundle.persons.length}</small><Icon name="next" />
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Family({ bundle }: { bundle: Bundle }) {
  const t = useT();
  const { today } = useApp();
  if (bundle.persons.length === 0) return <Empty icon="home">{t(W.nobodyHere)}</Empty>;
  return (
    <ul class="card">
      {bundle.persons.map((person) => (
        <li key={person.id}>
          <Link class="row" to={`/person/${person.id}`}>
            <span class="grow"><b>{person.name}</b> {person.relation ? <small class="soft">{t(both(labelOf('relation', person.relation)))}</small> : null}
              <p>{sayPerson(t, person, today.value)}</p></span><Icon name="next" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function HouseholdPage({ id }: { id: string }) {
  const t = useT();
  const { store } = useOpen();
  const villages = useVillages();
  const bundle = store.bundles.value.get(id);
  if (!bundle) return <Page title={t(W.title)} parent="/people"><Empty icon="home">{t(W.gone)}</Empty></Page>;
  const { household } = bundle;
  const about = [
    household.number ? t(W.number, { n: household.number }) : '',
    household.grid ? t(W.grid, { n: household.grid }) : '',
  ].filter(Boolean).join('　');
  return (
    <Page title={sayHome(t, bundle)} sub={villages.find((v) => v.code === household.area)?.name} parent="/people" right={<Plate>{sayDoor(t, household)}</Plate>} foot={<Tabs on="people" />}>
      <h2>{t(W.family)}</h2>
      <Family bundle={bundle} />
      <p class="small soft">{about}</p>
    </Page>
  );
}
