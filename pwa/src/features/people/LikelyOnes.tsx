/** People who may be the one that is being typed in, each with what speaks for it. */
import { useApp, useT } from '../../ui/app';
import { sayDoor, sayPerson } from '../../ui/household';
import { Link } from '../../ui/link';
import { Icon, Plate } from '../../ui/signs';
import { sayVillage, useVillages } from '../../ui/villages';
import type { Likely } from './likely';
import { SIGNS, W } from './words';

export function LikelyOnes({ found, onOpen }: { found: readonly Likely[]; onOpen: () => void }) {
  const t = useT();
  const { today } = useApp();
  const villages = useVillages();
  if (found.length === 0) return <p class="sr" role="status" />;
  return (
    <section class="card maybe" aria-label={t(W.maybe)}>
      <p class="pad"><Icon name="people" /> <b role="status">{t(W.maybe)}</b></p>
      <ul>
        {found.map(({ person, bundle, signs }) => (
          <li key={person.id}>
            <Link class="row" to={`/person/${person.id}`} replace onFollow={onOpen}>
              <span class="grow"><b>{person.name}</b> <small class="soft">{signs.map((sign) => t(SIGNS[sign])).join('，')}</small>
                <p>{[sayPerson(t, person, today.value), sayVillage(villages, bundle.household.area)].filter(Boolean).join('　')}</p>
                <b class="act">{t(W.thatIsHer)}</b></span>
              {bundle.household.none ? null : <Plate>{sayDoor(t, bundle.household)}</Plate>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
