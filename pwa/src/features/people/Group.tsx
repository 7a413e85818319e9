/** One group, door by door, grid by grid where it has several. */
import { useMemo } from 'preact/hooks';
import { useApp, useOpen, useT } from '../../ui/app';
import type { Bundle } from '../../store/api';
import { sayDoor, sayGroup, sayHome } from '../../ui/household';
import { Page } from '../../ui/frame';
import { Gone } from '../../ui/gone';
import { Link } from '../../ui/link';
import { LongList } from '../../ui/long';
import { Icon, Plate } from '../../ui/signs';
import { Tabs } from '../../ui/tabs';
import { useDue } from '../../ui/due';
import { useVillages } from '../../ui/villages';
import { doors, dueHouseholds, grids, isUngrouped } from './tree';
import { W } from './words';

function Door({ bundle, due }: { bundle: Bundle; due: boolean }) {
  const t = useT();
  return (
    <Link class="row" to={`/household/${bundle.household.id}`}>
      <Plate>{sayDoor(t, bundle.household)}</Plate>
      <span class="grow"><b>{sayHome(t, bundle)}</b>{due ? <p class="late">{t(W.dueOnly)}</p> : null}</span>
      <small class="soft nb">{t(W.persons, { n: bundle.persons.length })}</small><Icon name="next" />
    </Link>
  );
}

/** One chip a grid; the address remembers it, so that back comes here again. */
function Grids({ all, chosen, base }: { all: readonly string[]; chosen: string | null; base: string }) {
  const t = useT();
  const { router } = useApp();
  if (all.length === 0) return null;
  const chip = (grid: string | null, label: string) => (
    <label class="pick" key={label}><input type="radio" name="grid" checked={chosen === grid} onChange={() => router.go(grid === null ? base : `${base}?grid=${encodeURIComponent(grid)}`, 'replace')} /><span>{label}</span></label>
  );
  return <div class="picks" role="group" aria-label={t(W.gridField)}>{[chip(null, t(W.allGrids)), ...all.map((grid) => chip(grid, t(W.grid, { n: grid })))]}</div>;
}

export function GroupPage({ area, group }: { area: string; group: string }) {
  const t = useT();
  const { store } = useOpen();
  const { router } = useApp();
  const bundles = store.bundles.value;
  const grid = router.place.value.query.get('grid');
  const due = useDue();
  const late = useMemo(() => dueHouseholds(due), [due]);
  const here = useMemo(() => doors(area, group, bundles.values(), grid ?? undefined), [area, group, grid, bundles]);
  const village = useVillages().find((v) => v.code === area);
  const title = isUngrouped(group) ? t(W.noGroup) : sayGroup(t, group);
  const base = `/village/${area}/${encodeURIComponent(group)}`;
  const add = `/door/new?area=${area}${isUngrouped(group) ? '' : `&group=${encodeURIComponent(group)}`}`;
  if (!village) return <Gone />;
  return (
    <Page title={`${village.name} ${title}`} sub={t(W.counts, { households: here.filter((b) => !b.household.none).length, people: here.reduce((n, b) => n + b.persons.length, 0) })} parent={`/village/${area}`} foot={<Tabs on="people" />}>
      <Grids all={grids(area, group, bundles.values())} chosen={grid} base={base} />
      <LongList items={here} keyOf={(bundle) => bundle.household.id} last={<Link class="row act" to={add}><Icon name="plus" /><b>{t(W.addDoor)}</b></Link>}>
        {(bundle) => <Door bundle={bundle} due={late.has(bundle.household.id)} />}
      </LongList>
    </Page>
  );
}
