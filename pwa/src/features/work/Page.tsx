/** What was begun and is not ended: referrals, results that are awaited, those of whom there is no word. */
import { useMemo } from 'preact/hooks';
import { book } from '../../generated/daily';
import { maskName } from '../../i18n/masks';
import { both, type T } from '../../i18n/words';
import { overlaid } from '../../rules/otherdays';
import { useApp, useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { sayDoor } from '../../ui/household';
import { optionOf } from '../../ui/labels';
import { Link } from '../../ui/link';
import { Icon, Plate, Tag } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { sayVillage, useVillages } from '../../ui/villages';
import { lists, loops, REFERRAL, type Loop } from './loops';
import { W } from './words';

const sayDays = (t: T, days: number): string => (days === 0 ? t(W.today) : t(W.days, { n: days }));

function what(t: T, loop: Loop): string {
  if (loop.schedule === REFERRAL) return typeof loop.record.answers.reason === 'string' ? loop.record.answers.reason : '';
  const schedule = book.schedules.find((one) => one.id === loop.schedule);
  return schedule ? t(both(schedule)) : loop.schedule;
}

/** Where it leads: a referral to its next step, anything else to the form it is written in. */
const way = (loop: Loop): string => (loop.schedule === REFERRAL ? `/work/${loop.record.id}` : `/record/${loop.person.id}/${loop.record.form}`);

function Row({ loop, steps }: { loop: Loop; steps: boolean }) {
  const t = useT();
  const { settings } = useApp();
  const villages = useVillages();
  const covered = settings.covered.value;
  const { urgency } = loop.record.answers;
  const referral = loop.schedule === REFERRAL;
  const ended = loop.stage === 'ended';
  return (
    <Link class="row" to={steps && !ended ? way(loop) : `/person/${loop.person.id}`}>
      <Plate>{sayDoor(t, loop.bundle.household)}</Plate>
      <span class="grow"><b>{covered ? maskName(loop.person.name) : loop.person.name}</b>{covered || ended ? null : <p>{what(t, loop)}</p>}
        <small class="soft">{[sayVillage(villages, loop.bundle.household.area), referral ? t(W[loop.stage]) : '', sayDays(t, loop.days)].filter(Boolean).join(' ')}</small></span>
      {referral && !ended && typeof urgency === 'string' ? <Tag tone={urgency === 'emergency' ? 'stop' : loop.time === 'late' ? 'late' : ''}>{t(both(optionOf(REFERRAL, 'urgency', urgency)))}</Tag> : null}
      <Icon name="next" />
    </Link>
  );
}

function Part({ title, hint, found, steps }: { title: string; hint?: string; found: readonly Loop[]; steps: boolean }) {
  if (found.length === 0) return null;
  return (
    <section class="stack" aria-label={title}>
      <h2>{title} <small>{String(found.length)}</small></h2>
      {hint ? <p class="small soft">{hint}</p> : null}
      <ul class="card">{found.map((loop) => <li key={loop.schedule + loop.record.id}><Row loop={loop} steps={steps} /></li>)}</ul>
    </section>
  );
}

export function WorkPage() {
  const t = useT();
  const { store } = useOpen();
  const { today } = useApp();
  const bundles = store.bundles.value;
  const { role } = store.worker.value;
  const days = store.countyDays.value?.days;
  const schedules = useMemo(() => (days ? overlaid(book.schedules, days) : book.schedules), [days]);
  const found = useMemo(() => lists(loops(bundles.values(), role, today.value, schedules)), [bundles, role, today.value, schedules]);
  const steps = role === 'technician';
  const none = Object.values(found).every((part: readonly Loop[]) => part.length === 0);
  return (
    <Page title={t(W.title)} parent="/people">
      <div class="pair even">
        <Link class="btn" to="/education"><Icon name="people" />{t(W.talk)}</Link>
        {steps ? <Link class="btn" to="/day"><Icon name="tick" />{t(W.day)}</Link> : null}
      </div>
      {none ? <Empty icon="tick">{t(W.nothing)}</Empty> : null}
      <Part title={t(W.referrals)} found={found.referrals} steps={steps} />
      <Part title={t(W.awaited)} found={found.awaited} steps />
      <Part title={t(W.next)} found={found.next} steps />
      <Part title={t(W.lost)} hint={t(W.lostHint)} found={found.lost} steps={steps} />
      <Part title={t(W.ended)} found={found.ended} steps={false} />
    </Page>
  );
}
