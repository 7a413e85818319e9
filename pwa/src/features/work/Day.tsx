/** A campaign day on one phone: the village's list, the next woman, a form in under a minute, a summary before sending. No network. */
import { useMemo } from 'preact/hooks';
import { book } from '../../generated/daily';
import { sayDay } from '../../i18n/days';
import { maskName } from '../../i18n/masks';
import { both } from '../../i18n/words';
import { useApp, useOpen, useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { Page } from '../../ui/frame';
import { sayDoor } from '../../ui/household';
import { Link } from '../../ui/link';
import { LongList } from '../../ui/long';
import { Icon, Note, Plate, Tag } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { useVillages } from '../../ui/villages';
import { useWho } from '../../ui/who';
import { campaigns, dayOf, guests, type Day, type Guest } from './day';
import { D } from './dayWords';

/** Village and form stand in the address, so that back comes here again. */
function useChosen() {
  const { router } = useApp();
  const { store } = useOpen();
  const villages = useVillages();
  const forms = campaigns(Object.values(book.forms), store.worker.value.role);
  const { query } = router.place.value;
  const area = query.get('area') ?? (villages.length === 1 ? villages[0]?.code ?? '' : '');
  const form = query.get('form') ?? '';
  const at = (next: { area?: string; form?: string }): string => `/day?${new URLSearchParams({ area, form, ...next }).toString()}`;
  return { villages, forms, area, form, here: at({}), choose: (next: { area?: string; form?: string }): void => router.go(at(next), 'replace') };
}

/** After the form is written it comes back to this list. */
const write = (guest: Guest, form: string, here: string): string => `/record/${guest.person.id}/${form}?then=${encodeURIComponent(here)}`;

function Row({ guest, to }: { guest: Guest; to: string }) {
  const t = useT();
  const { settings, today } = useApp();
  const who = useWho();
  const [first] = guest.seen;
  const more = first ? guest.seen.map((rec) => t(D.by, { who: who(rec.author, rec.role) })).join(' ') : guest.before ? t(D.before, { day: sayDay(t, guest.before.occurredOn, today.value) }) : '';
  return (
    <Link class="row" to={to}>
      <Plate>{sayDoor(t, guest.bundle.household)}</Plate>
      <span class="grow"><b>{settings.covered.value ? maskName(guest.person.name) : guest.person.name}</b>{more ? <p>{more}</p> : null}</span>
      {guest.seen.length > 1 ? <Tag tone="late">{t(D.both)}</Tag> : null}<Icon name="next" />
    </Link>
  );
}

function Summary({ day }: { day: Day }) {
  const t = useT();
  const { unsent } = useOpen().store.status.value;
  return (
    <section class="card pad stack">
      <b>{t(D.summary, { seen: day.seen.length, waiting: day.waiting.length })}</b>
      {day.declined > 0 ? <span>{t(D.declined, { n: day.declined })}</span> : null}
      {day.twice.length > 0 ? <Note tone="late" icon="warn" role="status">{t(D.twice, { n: day.twice.length })}</Note> : null}
      {unsent > 0 ? <p class="flex wrap"><span class="grow">{t(D.unsent, { n: unsent })}</span><Link class="btn" to="/sync">{t(D.send)}</Link></p> : null}
    </section>
  );
}

function Lists({ area, form, here }: { area: string; form: string; here: string }) {
  const t = useT();
  const { today } = useApp();
  const bundles = useOpen().store.bundles.value;
  const day = useMemo(() => dayOf(guests(bundles.values(), area, form, today.value)), [bundles, area, form, today.value]);
  if (day.waiting.length + day.seen.length === 0) return <Empty icon="people">{t(D.nobody)}</Empty>;
  return (
    <>
      <Summary day={day} />
      <p class="small soft">{t(D.note)}</p>
      {day.waiting.length > 0 ? <h2>{t(D.waiting)} <small>{String(day.waiting.length)}</small></h2> : null}
      <LongList items={day.waiting} keyOf={(guest) => guest.person.id}>{(guest) => <Row guest={guest} to={write(guest, form, here)} />}</LongList>
      {day.seen.length > 0 ? <h2>{t(D.seen)} <small>{String(day.seen.length)}</small></h2> : null}
      <LongList items={[...day.twice, ...day.seen.filter((guest) => guest.seen.length === 1)]} keyOf={(guest) => guest.person.id}>{(guest) => <Row guest={guest} to={`/person/${guest.person.id}`} />}</LongList>
    </>
  );
}

function Foot({ area, form, here }: { area: string; form: string; here: string }) {
  const t = useT();
  const { today } = useApp();
  const bundles = useOpen().store.bundles.value;
  const [next] = useMemo(() => dayOf(guests(bundles.values(), area, form, today.value)).waiting, [bundles, area, form, today.value]);
  return (
    <div class="bar">
      <Link class="btn" to="/scan"><Icon name="scan" />{t(D.scan)}</Link>
      <Link class={next ? 'btn' : 'btn main wide'} to="/people"><Icon name="search" />{t(D.find)}</Link>
      {next ? <Link class="btn main wide" to={write(next, form, here)}>{t(D.next, { name: next.person.name })}</Link> : null}
    </div>
  );
}

export function DayPage() {
  const t = useT();
  const { villages, forms, area, form, here, choose } = useChosen();
  const known = forms.find((one) => one.id === form);
  const village = villages.find((one) => one.code === area);
  return (
    <Page title={t(D.title)} sub={[village?.name, known ? t(both(known)) : ''].filter(Boolean).join('　')} parent="/work" foot={known && village ? <Foot area={area} form={form} here={here} /> : null}>
      {forms.length === 0 ? <Empty icon="pen">{t(D.none)}</Empty> : null}
      {known && village ? <Lists area={area} form={form} here={here} /> : (
        <>
          <PickOne legend={t(D.form)} column choices={forms.map((one) => ({ code: one.id, label: t(both(one)) }))} value={form || null} onPick={(next) => choose({ form: next })} />
          <label class="field"><span>{t(D.village)}</span>
            <select value={area} onChange={(e) => choose({ area: e.currentTarget.value })}><option value="" />{villages.map((one) => <option key={one.code} value={one.code}>{one.name}</option>)}</select>
          </label>
        </>
      )}
    </Page>
  );
}
