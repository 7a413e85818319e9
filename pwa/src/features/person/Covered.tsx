/** Telephone and ID number: covered, open while held. In the demo the telephone does not dial. */
import { useState } from 'preact/hooks';
import { maskId, maskPhone } from '../../i18n/masks';
import type { Person } from '../../store/api';
import { useT } from '../../ui/app';
import { Hold } from '../../ui/hold';
import { lazy } from '../../ui/lazy';
import { Icon, Mark } from '../../ui/signs';
import { W } from './words';

const ChangePhone = lazy(() => import('./Phone').then((m) => m.ChangePhone), () => null);

export function Covered({ person }: { person: Person }) {
  const t = useT();
  const [changing, setChanging] = useState(false);
  const change = <button class="btn bare" type="button" onClick={() => setChanging(true)}><Icon name="pen" />{t(W.changePhone)}</button>;
  return (
    <>
      <ul class="card">
        {person.phone ? <Hold label={t(W.phone)} covered={maskPhone(person.phone)} open={person.phone}>{change}</Hold>
          : <li class="row"><span class="grow"><small class="soft">{t(W.phone)}</small><br />{t(W.noPhone)}</span>{change}</li>}
        {person.waiting?.includes('phone') ? <li class="row slim"><Mark at="here" /><small class="soft">{t(W.phone)}：{t(W.waiting)}</small></li> : null}
        {person.idLast4 ? <li class="row slim"><span class="grow nb"><small class="soft">{t(W.id)}</small><br />{maskId(person.idLast4)}</span></li> : null}
      </ul>
      {changing ? <ChangePhone person={person} onClose={() => setChanging(false)} /> : null}
    </>
  );
}
