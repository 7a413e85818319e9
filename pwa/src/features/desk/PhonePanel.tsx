/** One phone: what lay on it when it was last heard of, and what was done about it. */
import { sayHour } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { Sheet } from '../../ui/sheet';
import { Asked } from './parts';
import { H2 } from './phoneWords';
import { useGet, type PhonePage, type PhoneRow } from './wire';
import { W } from './words';

const DEEDS = { 'phone.register': H2.registered, 'phone.code': H2.coded, 'phone.wiped': H2.wiped } as const;
const STATES = { active: W.active, suspended: W.suspended, lost: W.lost, retired: W.retired } as const;

function Deed({ deed }: { deed: PhonePage['deeds'][number] }) {
  const t = useT();
  const { today } = useApp();
  const known = DEEDS[deed.action as keyof typeof DEEDS];
  const to = STATES[deed.to as keyof typeof STATES];
  return <p class="row slim"><span class="grow">{known ? t(known) : t(H2.became, { state: to ? t(to) : (deed.to ?? '') })} <span class="soft">{deed.worker.name}</span></span><span class="soft">{sayHour(t, deed.at, today.value)}</span></p>;
}

export function PhonePanel({ phone, onClose }: { phone: PhoneRow; onClose: () => void }) {
  const t = useT();
  const { today } = useApp();
  const [answer, again] = useGet<PhonePage>(`/api/phones/${phone.id}`);
  return (
    <Sheet title={t(H2.title, { name: phone.worker.name })} onClose={onClose}>
      <Asked answer={answer} again={again}>{(page) => (
        <>
          <section class="card"><h3 class="row">{t(H2.held)}</h3>
            {page.held.length === 0 ? <p class="row soft">{t(H2.nothing)}</p> : null}
            {page.held.map((one) => <p class="row slim" key={one.area.code}><b class="grow">{one.area.name}</b>{t(H2.count, { houses: one.households, people: one.persons })}<span class="soft">{sayHour(t, one.as_of, today.value)}</span></p>)}
            <p class="row soft">{t(H2.sealed)}</p>
          </section>
          <section class="card"><h3 class="row">{t(H2.deeds)}</h3>{page.deeds.map((deed) => <Deed key={deed.at} deed={deed} />)}</section>
        </>
      )}</Asked>
      <button class="btn main" type="button" onClick={onClose}>{t(H2.close)}</button>
    </Sheet>
  );
}
