/** Which door: village, group, number; says whether somebody lives there already. */
import type { Bundle } from '../../store/api';
import { useOpen, useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { sayDoor, sayGroup, sayHome } from '../../ui/household';
import { Note } from '../../ui/signs';
import { useVillages } from '../../ui/villages';
import { doorsAt, groupsOf, type Place } from './place';
import { W } from './words';

const ANOTHER = '+';

function VillageField({ place, onPlace }: WhereProps) {
  const t = useT();
  const villages = useVillages();
  if (villages.length < 2) return null;
  return (
    <label class="field"><span>{t(W.village)}</span>
      <select name="village" value={place.area} onChange={(e) => onPlace({ area: e.currentTarget.value, group: '', number: '' })}>
        {villages.map((v) => <option key={v.code} value={v.code}>{v.name}</option>)}
      </select>
    </label>
  );
}

function GroupField({ place, onPlace }: WhereProps) {
  const t = useT();
  const { store } = useOpen();
  const known = groupsOf(store.bundles.value.values(), place.area);
  const typed = place.group !== '' && !known.includes(place.group);
  const pick = (group: string): void => onPlace({ area: place.area, number: place.number, group: group === ANOTHER ? ' ' : group });
  return (
    <>
      <label class="field"><span>{t(W.group)}</span>
        <select name="group" value={typed ? ANOTHER : place.group} onChange={(e) => pick(e.currentTarget.value)}>
          <option value="">{t(W.noGroup)}</option>
          {known.map((group) => <option key={group} value={group}>{sayGroup(t, group)}</option>)}
          <option value={ANOTHER}>{t(W.anotherGroup)}</option>
        </select>
      </label>
      {typed ? <label class="field"><span>{t(W.whichGroup)}</span><input name="newgroup" maxLength={20} value={place.group.trim()} onInput={(e) => onPlace({ ...place, group: e.currentTarget.value || ' ' })} /></label> : null}
    </>
  );
}

interface WhereProps {
  place: Place;
  onPlace: (place: Place) => void;
}

/** Says who lives there; where several households share a door, asks which. */
function LivesThere({ found, place, onPlace }: WhereProps & { found: readonly Bundle[] }) {
  const t = useT();
  const [first] = found;
  if (!first) return <p class="small soft" role="status">{t(place.number.trim() ? W.newDoorHint : W.noNumberHint)}</p>;
  const door = sayDoor(t, first.household);
  if (found.length === 1) return <Note icon="home" role="status">{t(W.livesThere, { door, home: sayHome(t, first) })}</Note>;
  const choices = found.map((b) => ({ code: b.household.id, label: sayHome(t, b) }));
  return <PickOne legend={t(W.whichHome, { door })} choices={choices} value={place.household ?? first.household.id} onPick={(household) => onPlace({ ...place, household })} column />;
}

export function Where({ place, onPlace }: WhereProps) {
  const t = useT();
  const { store } = useOpen();
  const found = doorsAt(store.bundles.value.values(), place);
  return (
    <>
      <VillageField place={place} onPlace={onPlace} />
      <div class="pair">
        <GroupField place={place} onPlace={onPlace} />
        <label class="field"><span>{t(W.doorNumber)}</span>
          <input name="number" inputmode="numeric" autocomplete="off" maxLength={40} value={place.number} onInput={(e) => onPlace({ area: place.area, group: place.group, number: e.currentTarget.value })} />
        </label>
      </div>
      <LivesThere found={found} place={place} onPlace={onPlace} />
    </>
  );
}
