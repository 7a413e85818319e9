/** Stock: what lies where by the book, what is odd about it, the year's figures. Balances are sums, and may be below nothing. */
import { useEffect, useState } from 'preact/hooks';
import { book, moreForms } from '../../generated/rulebook';
import { sayDay } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { Tag } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { Asked, Head } from './parts';
import { minded, sayItem, sayPoint } from './stockPlan';
import { PARTS, StockJumps } from './StockJumps';
import { StockList } from './StockList';
import { StockMove } from './StockMove';
import { StockOrder } from './StockOrder';
import { StockRecall } from './StockRecall';
import type { StockRow, StockShown } from './stockShapes';
import { StockWay } from './StockWay';
import { S } from './stockWords';
import { Y } from './wayWords';
import { ask, useDesk, useGet, type Answer, type NamedArea } from './wire';

/** The words of the stock form lie with the rarer forms: what is written begins with its first item, so they come first. */
function useWords(): boolean {
  const [here, setHere] = useState(false);
  useEffect(() => { void moreForms().catch(() => undefined).then(() => setHere(true)); }, []);
  return here;
}

function Row({ row, shown }: { row: StockRow; shown: StockShown }) {
  const t = useT();
  const mind = minded(row);
  return (
    <tr>
      <th scope="row">{sayItem(t, row.item)}</th><td>{sayPoint(t, shown.points, row.point)}</td><td>{row.lot || '—'}</td><td class="nb">{row.expiry || '—'}</td>
      <td class="n">{row.usable}</td><td class="n">{row.set_aside || ''}</td><td>{mind ? <Tag tone={mind.tone}>{t(S[mind.word])}</Tag> : null}</td>
    </tr>
  );
}

function Lots({ shown }: { shown: StockShown }) {
  const t = useT();
  const [at, setAt] = useState('');
  if (shown.rows.length === 0) return <Empty icon="box">{t(S.none)}</Empty>;
  const here = [...new Set(shown.rows.map((row) => row.point))];
  const rows = shown.rows.filter((row) => at === '' || row.point === at);
  return (
    <section class="card wide">
      <label class="field flex pad"><span>{t(S.filter)}</span><select value={at} onChange={(e) => setAt(e.currentTarget.value)}><option value="">{t(S.everywhere)}</option>{here.map((point) => <option key={point} value={point}>{sayPoint(t, shown.points, point)}</option>)}</select></label>
      <table>
        <caption>{t(S.lots)}</caption>
        <thead><tr><th scope="col">{t(S.item)}</th><th scope="col">{t(S.where)}</th><th scope="col">{t(S.lot)}</th><th scope="col">{t(S.expiry)}</th><th class="n" scope="col">{t(S.there)}</th><th class="n" scope="col">{t(S.aside)}</th><th scope="col">{t(S.state)}</th></tr></thead>
        <tbody>{rows.map((row) => <Row key={row.point + row.item + row.lot + row.expiry} row={row} shown={shown} />)}</tbody>
      </table>
    </section>
  );
}

const ODD = { count: S.oddLine, way: Y.way, again: Y.again };

function Odd({ shown }: { shown: StockShown }) {
  const t = useT();
  const { today } = useApp();
  if (shown.odd.length === 0) return null;
  return (
    <section class="card pad">
      <h2>{t(S.odd)}</h2>
      <ul>{shown.odd.map((one) => (
        <li key={one.record + one.item + one.lot}>{t(ODD[one.kind], { day: sayDay(t, one.on, today.value), where: sayPoint(t, shown.points, one.point), item: sayItem(t, one.item), lot: one.lot, book: one.book, counted: one.counted })}</li>
      ))}</ul>
      <p class="soft small">{t(S.oddNote)}</p>
    </section>
  );
}

function Figures({ shown, item, onItem }: { shown: StockShown; item: string; onItem: (item: string) => void }) {
  const t = useT();
  if (shown.figures.length === 0) return null;
  return (
    <section class="card wide" id={PARTS.year}>
      <table>
        <caption>{t(S.figures)}</caption>
        <thead><tr><th scope="col">{t(S.item)}</th>{[S.received, S.handed, S.there, S.months, S.wanted, S.cyp, S.without, S.past, S.right].map((word) => <th class="n" scope="col" key={word[0]}>{t(word)}</th>)}</tr></thead>
        <tbody>{shown.figures.map((one) => (
          <tr key={one.item} class={one.item === item ? 'on' : ''}>
            <th scope="row"><button class="btn bare" type="button" aria-expanded={one.item === item} onClick={() => onItem(one.item)}>{sayItem(t, one.item)}</button></th><td class="n">{one.received}</td><td class="n">{one.handed_out}</td><td class="n">{one.balance}</td><td class="n">{one.months ?? '—'}</td><td class="n">{one.wanted || ''}</td><td class="n">{one.cyp ?? '—'}</td>
            <td class="n">{t(S.ofDays, { n: one.without_days, of: one.point_days })}</td><td class="n">{one.expired}</td><td class="n">{one.accuracy === null ? '—' : `${one.accuracy}%`}</td>
          </tr>
        ))}</tbody>
      </table>
      <p class="soft small pad">{t(S.pickItem)} {t(S.figuresNote, { days: book.stock?.use.days ?? '…' })}</p>
    </section>
  );
}

const WAITING = { at: 'asking' } as const;

/** The township she looks at: her own, or for the county one of its townships; and the stock there, or why it did not come. */
function useStock() {
  const { me } = useDesk();
  const [places, placesAgain] = useGet<{ areas: readonly NamedArea[] }>('/api/figures/areas');
  const townships = places.at === 'here' ? places.value.areas.filter((area) => area.code.length === 9) : [];
  const [chosen, choose] = useState('');
  const own = me.areas.find((area) => area.code.length === 9)?.code;
  const area = chosen || own || townships[0]?.code || '';
  const [answer, again] = useGet<StockShown>(area === '' ? null : ask('/api/stock', { area }));
  const told: Answer<StockShown> = area === '' && places.at === 'failed' ? places : answer;
  return { area, townships, choose, told, again: area === '' ? placesAgain : again };
}

export function StockPage() {
  const t = useT();
  const { me } = useDesk();
  const words = useWords();
  const { area, townships, choose, told, again } = useStock();
  const [item, setItem] = useState('');
  const station = me.role === 'station';
  return (
    <>
      <Head help="stock" title={t(S.stock)}>
        {townships.length > 1 ? <label class="field flex"><span>{t(S.where)}</span><select value={area} onChange={(e) => choose(e.currentTarget.value)}>{townships.map((one) => <option key={one.code} value={one.code}>{one.name}</option>)}</select></label> : null}
      </Head>
      <Asked answer={words ? told : WAITING} again={again}>{(shown) => (
        <div class="stack">
          <StockJumps shown={shown} station={station} />
          <Lots shown={shown} />
          {station ? <StockMove shown={shown} onMoved={again} /> : null}
          <StockWay shown={shown} onTaken={again} />
          <Odd shown={shown} />
          <StockOrder shown={shown} />
          <Figures shown={shown} item={item} onItem={setItem} />
          {item === '' ? null : <StockList area={area} item={item} key={item} onBack={again} onClose={() => setItem('')} />}
          {station ? <StockRecall shown={shown} /> : null}
        </div>
      )}</Asked>
    </>
  );
}
