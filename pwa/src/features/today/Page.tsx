/** Today: per door, each item says why; what is unsent and what the town has; undo until it is sent. */
import { useEffect, useMemo } from 'preact/hooks';
import { lunar, sayDay, sayHour, sayWeekday } from '../../i18n/days';
import { useApp, useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { Link } from '../../ui/link';
import { LeavePractice } from '../../ui/practice';
import { Growing } from '../../ui/growing';
import { Icon, Mark, Note } from '../../ui/signs';
import { Empty, Loading } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { useDue } from '../../ui/due';
import { useListed } from '../../ui/listed';
import { useVillages } from '../../ui/villages';
import { DoorCard } from './DoorCard';
import { doneToday } from './done';
import { firstOfGroup, sections, type Sections, type When } from './doors';
import { DoneList } from './later';
import { sayPlace } from './place';
import { W } from './words';

/** In practice: how much was tried, and the way back. */
function PracticeStrip() {
  const t = useT();
  const { unsent } = useOpen().store.status.value;
  return <div class="card pad flex wrap"><span class="grow">{t(W.practised, { n: unsent })}</span><LeavePractice /></div>;
}

/** As long as any day of the moon's. */
const MOON = '腊月初八';

/** So many doors are opened before all others: two screens of them; and so many of those where she was last. */
const FRONT = 10;
const DONE = 4;

function Strip() {
  const t = useT();
  const { today } = useApp();
  const { unsent, oldestUnsent, lastReceipt, state } = useOpen().store.status.value;
  // Said from the first frame on, before the first try: a line more would push the list down under her thumb.
  const offline = state.at === 'idle' ? !navigator.onLine : state.at === 'stopped' && state.code === 'offline';
  return (
    <Link class="card strip" to="/sync">
      {unsent > 0 ? <span><Mark at="here" /> <b>{t(W.here, { n: unsent })}</b>{oldestUnsent === undefined ? '' : t(W.oldest, { when: sayHour(t, oldestUnsent, today.value) })}</span> : null}
      {lastReceipt ? <span><Mark at="town" /> {t(W.receipt, { when: sayHour(t, lastReceipt.at, today.value), n: lastReceipt.count })}</span> : <span class="soft">{t(W.noReceipt)}</span>}
      {state.at === 'sending' || state.at === 'receiving' ? <span class="soft" role="status">{t(W.sending)}</span> : null}
      {offline ? <span class="soft" role="status">{t(W.offline)}</span> : null}
    </Link>
  );
}

function Newer() {
  const t = useT();
  const take = useApp().newer.value;
  if (!take) return null;
  return (
    <Note tone="" icon="tick" role="status">
      <b>{t(W.newer)}</b><br />{t(W.newerHint)}<br /><button class="btn bare" type="button" onClick={take}>{t(W.take)}</button>
    </Note>
  );
}

function Nothing({ listed }: { listed: boolean }) {
  const t = useT();
  if (!listed) return <Empty icon="people"><b>{t(W.empty)}</b><p>{t(W.emptyHint)}</p><Link class="btn" to="/sync">{t(W.toSync)}</Link></Empty>;
  return <Empty icon="tick"><b>{t(W.nothing)}</b><p>{t(W.nothingHint)}</p><Link class="btn" to="/people">{t(W.toPeople)}</Link></Empty>;
}

/** A screen full: the frame after her digits, and the one after a visit, draws no more. */
const GLASS = 4;
const JUST = 2;

function Section({ when, found, above }: { when: When; found: Sections; above: number }) {
  const t = useT();
  const villages = useVillages();
  const whole = useOpen().store.whole.value;
  const here = found[when];
  if (here.length === 0) return null;
  const first = new Set(firstOfGroup(here));
  return (
    <>
      <h2>{t(W[when])} {whole ? <small>{t(W.doors, { n: here.length })}</small> : null}</h2>
      <Growing class="stack" items={here} begin={Math.max(0, GLASS - above)}>{(door) => (
        <li class="stack" key={door.household.id}>
          {first.has(door.household.id) ? <h3 class="group">{sayPlace(t, door.household, villages)}</h3> : null}
          <div class="card"><DoorCard door={door} /></div>
        </li>
      )}</Growing>
    </>
  );
}

function HeadButtons() {
  const t = useT();
  const { settings } = useApp();
  const { name } = useOpen().store.worker.value;
  const covered = settings.covered.value;
  return (
    <>
      <button class="btn bare" type="button" aria-label={t(W.coverLong)} aria-pressed={covered} onClick={() => { settings.covered.value = !covered; }}>
        <Icon name={covered ? 'eye' : 'cover'} />{t(covered ? W.uncover : W.cover)}
      </button>
      <Link class="btn bare" to="/settings" aria-label={t(W.me, { name })}><b class="me">{Array.from(name)[0]}</b></Link>
    </>
  );
}

/** Tells the store which doors she sees first, so that it opens those first next time. */
function useFront(found: Sections, done: readonly string[]): void {
  const { store } = useOpen();
  const whole = store.whole.value;
  useEffect(() => {
    const doors = [...found.overdue, ...found.today, ...found.week].slice(0, FRONT).map((door) => door.household.id);
    if (whole) void store.keepFront([...new Set([...doors, ...done])]).catch(() => undefined);
  }, [found, whole]);
}

export function TodayPage() {
  const t = useT();
  const { today, turning, router, practice } = useApp();
  const { store } = useOpen();
  const just = router.place.value.query.get('done') ?? undefined;
  const day = today.value;
  const bundles = store.bundles.value;
  const listed = useListed();
  const due = useDue();
  const found = useMemo(() => sections(due, bundles, day), [bundles, day]);
  const whole = store.whole.value;
  useFront(found, whole ? doneToday(bundles, store.worker.value.id, day).slice(0, DONE).map((one) => one.bundle.household.id) : []);
  // What she did just now stands on top and takes the room of some doors.
  const top = just ? JUST : 0;
  const none = whole && found.overdue.length + found.today.length + found.week.length === 0;
  // The browser's lunar calendar takes a tenth of a second to wake: after the names, in a room kept for it.
  const moon = t.lang === 'zh' ? (whole ? lunar(day) : MOON) : '';
  const sub = <><span class="nb">{sayDay(t, day, day)} {sayWeekday(t, day)}</span>{moon ? <>　<span class={whole ? 'nb' : 'nb unseen'}>{moon}</span></> : null}</>;
  return (
    <Page title={t(W.title)} sub={sub} right={<HeadButtons />} foot={<Tabs on="today" />}>
      {turning.value ? <Note icon="clock" role="status">{t(W.turning)}</Note> : null}
      <Newer />
      {practice.on.value ? <PracticeStrip /> : <Strip />}
      {just ? <DoneList just={just} /> : null}
      {none ? <Nothing listed={listed} /> : null}
      <Section when="overdue" found={found} above={top} />
      <Section when="today" found={found} above={top + found.overdue.length} />
      <Section when="week" found={found} above={top + found.overdue.length + found.today.length} />
      {whole ? null : <Loading what={t(W.rest)} />}
      <DoneList besides={just} />
    </Page>
  );
}
