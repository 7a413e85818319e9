/** Her bag: what lies in it by this phone's book, lot by lot, and what she can do with it. */
import { useMemo } from 'preact/hooks';
import { sayDay, sayMonth } from '../../i18n/days';
import { numberOf } from '../../rules/document';
import type { Rec } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { inBag, lotSays, oddIn, sayLot } from '../../ui/bag';
import { inDoubt } from '../../ui/doubt';
import { Page } from '../../ui/frame';
import { Link } from '../../ui/link';
import { Icon, Note } from '../../ui/signs';
import { Empty, Loading } from '../../ui/states';
import { waiting } from './documents';
import { useAll, useKeeper, type Keeper } from './her';
import { groups, sayItem, sayUnit, type Group } from './items';
import { W } from './words';

const LOOK_BACK = 3;

function Lot({ lot: { at, usable, set_aside: aside } }: { lot: Group['lots'][number] }) {
  const t = useT();
  const { today } = useApp();
  const said = usable > 0 ? sayLot(t, lotSays(at.expiry, today.value, inDoubt(useOpen().store.status.value))) : '';
  const unit = sayUnit(t, at.item);
  return (
    <li class="row">
      <span class="grow"><b>{at.lot ? t(W.lot, { lot: at.lot }) : t(W.noLot)}</b><p>{at.expiry ? t(W.until, { month: sayMonth(t, at.expiry.slice(0, 7), today.value) }) : t(W.noExpiry)}</p>
        {said ? <p><b>{said}</b></p> : null}{aside > 0 ? <p>{t(W.aside, { n: aside, unit })}</p> : null}</span>
      <b class="nb">{t(W.left, { n: usable, unit })}</b>
    </li>
  );
}

function Item({ group }: { group: Group }) {
  const t = useT();
  const [name, unit] = [sayItem(t, group.item), sayUnit(t, group.item)];
  return (
    <section class="stack" aria-label={name}>
      <h2>{name} <small>{t(group.n < 0 ? W.short : W.total, { n: Math.abs(group.n), unit })}</small></h2>
      <ul class="card">{group.lots.map((lot) => <Lot lot={lot} key={lot.at.lot + lot.at.expiry} />)}</ul>
      {group.lots.some(({ usable }) => usable < 0) ? <Note icon="lost">{t(W.shortHint)}</Note> : null}
    </section>
  );
}

function Waiting({ all, bag }: { all: readonly Rec[]; bag: string }) {
  const t = useT();
  const { today } = useApp();
  const found = waiting(all, bag);
  if (found.length === 0) return null;
  return (
    <section class="stack">
      <h2>{t(W.waiting)}</h2>
      <ul class="card">{found.map((one) => (
        <li key={one.record}><Link class="row" to={`/bag/take?id=${one.record}`}>
          <span class="grow"><b>{t(W.sheet, { number: numberOf(one.record) })}</b><p>{t(W.waitingLine, { day: sayDay(t, one.on, today.value) })}</p></span><Icon name="next" />
        </Link></li>
      ))}</ul>
    </section>
  );
}

function Odd({ all, worker }: { all: readonly Rec[]; worker: string }) {
  const t = useT();
  const { today } = useApp();
  const { counts, again } = useMemo(() => oddIn(all, worker), [all, worker]);
  const days = new Map(all.map((r) => [r.id, r.occurredOn]));
  if (counts.length + again.length === 0) return null;
  return (
    <section class="card pad">
      <h2>{t(W.odd)}</h2>
      <ul>
        {counts.slice(-LOOK_BACK).reverse().map(({ record, at, book, counted }) => (
          <li key={record + at.item + at.lot}>{t(W.oddLine, { day: sayDay(t, days.get(record) ?? '', today.value), item: sayItem(t, at.item), lot: at.lot, book, counted })}</li>
        ))}
        {again.slice(-LOOK_BACK).map((r) => <li key={r.id}>{t(W.again, { day: sayDay(t, r.occurredOn, today.value), number: typeof r.answers.of === 'string' ? numberOf(r.answers.of) : '' })}</li>)}
      </ul>
      <p class="soft small">{t(W.oddNote)}</p>
    </section>
  );
}

function Bag({ keeper }: { keeper: Keeper }) {
  const t = useT();
  const { store } = useOpen();
  const worker = store.worker.value.id;
  const saved = useApp().router.place.value.query.has('saved');
  const all = useAll();
  const found = useMemo(() => groups(inBag(all, worker).lots), [all, worker]);
  return (
    <>
      {saved ? <Note tone="ok" icon="tick" role="status">{t(W.saved)}</Note> : null}
      {inDoubt(store.status.value) ? <Note tone="late" icon="clock">{t(W.doubt)}</Note> : null}
      <Waiting all={all} bag={keeper.bag} />
      {found.length === 0 ? <Empty icon="box"><b>{t(W.none)}</b><p>{t(W.noneHint)}</p></Empty> : null}
      {found.map((group) => <Item group={group} key={group.item} />)}
      <div class="pair even">
        <Link class="btn" to="/bag/give"><Icon name="box" />{t(W.give)}</Link><Link class="btn" to="/bag/count"><Icon name="tick" />{t(W.count)}</Link>
        <Link class="btn" to="/bag/return"><Icon name="out" />{t(W.back)}</Link><Link class="btn" to="/bag/damage"><Icon name="bin" />{t(W.spoilt)}</Link>
      </div>
      <Odd all={all} worker={worker} />
    </>
  );
}

function Foot() {
  const t = useT();
  return <div class="bar"><Link class="btn main" to="/scan/sheet"><Icon name="scan" />{t(W.scan)}</Link><Link class="btn" to="/bag/take"><Icon name="key" />{t(W.type)}</Link></div>;
}

export function BagPage() {
  const t = useT();
  const keeper = useKeeper();
  return (
    <Page title={t(W.title)} sub={t(W.sub)} parent="/people" foot={keeper ? <Foot /> : null}>
      {keeper === undefined ? <Loading /> : keeper === null ? <Empty icon="box">{t(W.notHers)}</Empty> : <Bag keeper={keeper} />}
    </Page>
  );
}
