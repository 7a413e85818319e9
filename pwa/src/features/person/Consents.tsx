/** What she agreed to, as sentences; withdrawing is one question without a reason. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import { both } from '../../i18n/words';
import type { Bundle, Person, Rec } from '../../store/api';
import { useApp, useT } from '../../ui/app';
import { optionOf } from '../../ui/labels';
import { lazy } from '../../ui/lazy';
import { Link } from '../../ui/link';
import { sayPurpose } from '../../ui/record';
import { Icon } from '../../ui/signs';
import { permissions, type Permission } from './about';
import { W } from './words';

/** Comes when it is asked for. */
const Withdraw = lazy(() => import('./VoidConsent').then((m) => m.Withdraw), () => null);

const NOT_GIVEN = { declined: W.declinedOn, withdrawn: W.withdrawnOn, expired: W.expiredOn } as const;

function How({ permission: { record, stands } }: { permission: Permission }) {
  const t = useT();
  const { today } = useApp();
  const day = sayDay(t, record.occurredOn, today.value);
  if (stands !== 'given') return <p>{t(NOT_GIVEN[stands], { day })}</p>;
  const mode = typeof record.answers.mode === 'string' ? t(both(optionOf('consent', 'mode', record.answers.mode))) : '';
  const { witness } = record.answers;
  return <p>{typeof witness === 'string' ? t(W.witnessed, { day, who: witness }) : t(W.signed, { day, mode })}</p>;
}

interface ConsentsProps {
  person: Person;
  bundle: Bundle;
  records: readonly Rec[];
}

export function Consents({ person, bundle, records }: ConsentsProps) {
  const t = useT();
  const { today } = useApp();
  const [asking, setAsking] = useState<Permission | null>(null);
  const found = permissions(records, today.value);
  return (
    <>
      <h2>{t(W.consents)}</h2>
      {found.length === 0 ? <p class="card pad soft">{t(W.noConsents)}</p> : (
        <ul class="card">{found.map((one) => (
          <li class="row" key={one.purpose}>
            <Icon name={one.stands === 'given' ? 'check' : 'minus'} />
            <span class="grow">{sayPurpose(t, one.purpose)}<How permission={one} /></span>
            {one.stands === 'given' ? <button class="btn bare" type="button" onClick={() => setAsking(one)}>{t(W.withdraw)}</button>
              : <Link class="btn bare" to={`/visit/${person.id}/ask?for=${one.purpose}&alone=1`}>{t(W.wants)}</Link>}
          </li>
        ))}</ul>
      )}
      {asking ? <Withdraw permission={asking} person={person} bundle={bundle} onClose={() => setAsking(null)} /> : null}
    </>
  );
}
