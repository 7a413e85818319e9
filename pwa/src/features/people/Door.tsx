/** A new household, or what is known of one: group, grid, number, note. */
import { useState } from 'preact/hooks';
import type { Answers, Household, Value } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { Gone } from '../../ui/gone';
import { sayDoor, sayHome } from '../../ui/household';
import { Link } from '../../ui/link';
import { Icon, Note } from '../../ui/signs';
import { useVillages } from '../../ui/villages';
import { touched } from './fields';
import { householdAt, newDoor, type Place } from './place';
import { Where } from './Where';
import { W } from './words';

export function NewDoorPage() {
  const t = useT();
  const { router } = useApp();
  const { store } = useOpen();
  const villages = useVillages();
  const { query } = router.place.value;
  const [place, setPlace] = useState<Place>({ area: query.get('area') ?? villages[0]?.code ?? '', group: query.get('group') ?? '', number: '' });
  const [code, setCode] = useState<string | null>(null);
  const there = householdAt(store.bundles.value.values(), place);
  const save = (e: Event): void => {
    e.preventDefault();
    const id = store.newId();
    void store.patch('household', id, newDoor(place)).then(() => router.go(`/household/${id}`, 'replace'), (error: unknown) => setCode(codeOf(error)));
  };
  return (
    <Page title={t(W.newDoor)} parent="/people" foot={<div class="bar"><button class="btn main" type="submit" form="door">{t(there ? W.anotherHome : W.save)}</button></div>}>
      <form class="stack" id="door" onSubmit={save}>
        <Where place={place} onPlace={setPlace} />
        {there ? <Link class="btn" to={`/household/${there.household.id}`} replace><Icon name="home" />{t(W.openThat, { home: sayHome(t, there) })}</Link> : null}
        {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
      </form>
    </Page>
  );
}

const FIELDS = [['group', W.group, 20], ['grid', W.gridField, 20], ['number', W.doorNumber, 40], ['note', W.note, 1000]] as const;

function Known({ household }: { household: Household }) {
  const t = useT();
  const { router } = useApp();
  const { store } = useOpen();
  const [mine, setMine] = useState<Answers>({});
  const [code, setCode] = useState<string | null>(null);
  const back = `/household/${household.id}`;
  const current: Answers = Object.fromEntries(FIELDS.flatMap(([key]): [string, Value][] => (household[key] === undefined ? [] : [[key, household[key]]])));
  const shown = { ...current, ...mine };
  const save = (e: Event): void => {
    e.preventDefault();
    const set = touched(mine, current);
    const done = Object.keys(set).length > 0 ? store.patch('household', household.id, set) : Promise.resolve('');
    void done.then(() => router.back(back), (error: unknown) => setCode(codeOf(error)));
  };
  return (
    <Page title={t(W.editDoor)} sub={sayDoor(t, household)} parent={back} foot={<div class="bar"><button class="btn main" type="submit" form="door">{t(W.save)}</button></div>}>
      <form class="stack" id="door" onSubmit={save}>
        {FIELDS.map(([key, label, most]) => (
          <label class="field" key={key}><span>{t(label)}</span>
            <input name={key} autocomplete="off" maxLength={most} value={typeof shown[key] === 'string' ? shown[key] : ''} onInput={(e) => setMine({ ...mine, [key]: e.currentTarget.value })} />
          </label>
        ))}
        {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
        <p class="small soft">{t(W.editHint)}</p>
      </form>
    </Page>
  );
}

export function EditDoorPage({ id }: { id: string }) {
  const { store } = useOpen();
  const household = store.bundles.value.get(id)?.household;
  return household && !household.none ? <Known household={household} /> : <Gone />;
}
