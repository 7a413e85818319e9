/** She lives behind another door now: an existing household, or a new one. Nothing else about her changes. */
import { useState } from 'preact/hooks';
import type { Bundle, NewPatch, Person } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { Gone } from '../../ui/gone';
import { sayDoor, sayHome } from '../../ui/household';
import { Link } from '../../ui/link';
import { Note, Plate } from '../../ui/signs';
import { householdAt, newDoor, type Place } from './place';
import { Where } from './Where';
import { W } from './words';

function patches(fresh: string, person: Person, place: Place, home: Bundle | undefined): NewPatch[] {
  const house = home?.household.id ?? fresh;
  const area = home?.household.area ?? place.area;
  const door: NewPatch[] = home ? [] : [{ type: 'household', id: house, set: newDoor(place) }];
  return [...door, { type: 'person', id: person.id, set: { household: house }, to: { area, household: house } }];
}

function Known({ person, bundle }: { person: Person; bundle: Bundle }) {
  const t = useT();
  const { router } = useApp();
  const { store } = useOpen();
  const { household } = bundle;
  const [place, setPlace] = useState<Place>({ area: household.area, group: household.group ?? '', number: '' });
  const [code, setCode] = useState<string | null>(null);
  const home = householdAt(store.bundles.value.values(), place);
  const same = home?.household.id === household.id;
  const back = `/person/${person.id}`;
  const move = (e: Event): void => {
    e.preventDefault();
    if (same) return setCode('same');
    void store.patchAll(patches(store.newId(), person, place, home)).then(() => router.back(back), (error: unknown) => setCode(codeOf(error)));
  };
  const now = household.none ? '' : `${sayDoor(t, household)}　${sayHome(t, bundle)}`;
  return (
    <Page title={t(W.moveTitle, { name: person.name })} sub={now} parent={back} right={household.none ? null : <Plate>{sayDoor(t, household)}</Plate>}
      foot={<div class="bar"><button class="btn main" type="submit" form="move" disabled={same}>{t(home || place.number.trim() ? W.moveYes : W.moveNoNumber)}</button></div>}>
      <form class="stack" id="move" onSubmit={move}>
        <h2>{t(W.moveWhere)}</h2>
        <Where place={place} onPlace={setPlace} />
        {same ? <Note icon="home" role="status">{t(W.moveSame)}</Note> : null}
        {code && code !== 'same' ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
        <section class="card pad stack" aria-label={t(W.moveAway)}>
          <b>{t(W.moveAway)}</b><p class="soft">{t(W.moveAwayHint)}</p>
          <Link class="btn" to={`/person/${person.id}/edit`}>{t(W.editPerson)}</Link>
        </section>
      </form>
    </Page>
  );
}

export function MovePage({ id }: { id: string }) {
  const { store } = useOpen();
  void store.bundles.value;
  const bundle = store.bundleOf(id);
  const person = bundle?.persons.find((p) => p.id === id);
  return bundle && person ? <Known person={person} bundle={bundle} /> : <Gone />;
}
