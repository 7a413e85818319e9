/** What to order this month: a proposal to print. Every number opens to what it was made of. */
import { useRef, useState } from 'preact/hooks';
import { book } from '../../generated/rulebook';
import { sayDay, sayMonth } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { saySource } from '../../ui/source';
import { Icon } from '../../ui/signs';
import { O } from './orderWords';
import { Asked } from './parts';
import { printAlone } from './printing';
import { goodAt, sayItem, sayPoint } from './stockPlan';
import type { MovedRows, StockFigure, StockShown } from './stockShapes';
import { PARTS } from './StockJumps';
import { S } from './stockWords';
import { ask, useGet } from './wire';

interface Opened {
  readonly item: string;
  readonly what: 'used' | 'good';
}

/** The rules come with the rarer forms, a moment after the page. */
const rules = () => ({ days: book.stock?.use.days ?? '…', months: book.stock?.order.months ?? '…' });

function Number({ n, open, label, onOpen }: { n: number; open: boolean; label: string; onOpen: () => void }) {
  return <td class="n"><button class="btn bare" type="button" aria-expanded={open} aria-label={label} onClick={onOpen}>{n}</button></td>;
}

function Line({ one, at, onOpen }: { one: StockFigure; at: Opened | null; onOpen: (opened: Opened | null) => void }) {
  const t = useT();
  const item = sayItem(t, one.item);
  const is = (what: Opened['what']): boolean => at?.item === one.item && at.what === what;
  const turn = (what: Opened['what']) => (): void => onOpen(is(what) ? null : { item: one.item, what });
  return (
    <tr>
      <th scope="row">{item}</th>
      <Number n={one.used} open={is('used')} label={`${item} ${t(O.used, rules())} ${one.used}`} onOpen={turn('used')} />
      <td class="n">{one.needed}</td>
      <Number n={one.good} open={is('good')} label={`${item} ${t(O.good)} ${one.good}`} onOpen={turn('good')} />
      <td class="n"><b>{one.wanted}</b></td><td class="fill" />
    </tr>
  );
}

/** The hand-outs behind the use: whose bag, which lot, how many; nobody who received is named. */
function Used({ area, item }: { area: string; item: string }) {
  const t = useT();
  const { today } = useApp();
  const [start, setStart] = useState(0);
  const [answer, again] = useGet<MovedRows>(ask('/api/stock/movements', { area, item, used: 'true', start: start > 0 ? String(start) : '' }));
  return (
    <Asked answer={answer} again={again}>{(rows) => (
      <div class="pad">
        <h3>{t(O.usedOf, { ...rules(), item: sayItem(t, item), n: rows.total, pieces: rows.pieces })}</h3>
        <ul>{rows.rows.map((row) => <li key={row.record}>{sayDay(t, row.on, today.value)}　{row.from_place ? sayPoint(t, rows.points, row.from_place) : ''}　{row.lines.map((line) => [line.lot, String(line.qty)].filter(Boolean).join(' × ')).join('；')}</li>)}</ul>
        {rows.next === null ? null : <button class="btn" type="button" onClick={() => setStart(rows.next ?? 0)}>{t(S.more)}</button>}
      </div>
    )}</Asked>
  );
}

function Good({ shown, item }: { shown: StockShown; item: string }) {
  const t = useT();
  const rows = goodAt(shown, item);
  return (
    <div class="pad">
      <h3>{t(O.goodOf, { item: sayItem(t, item), n: rows.reduce((sum, row) => sum + row.usable, 0) })}</h3>
      <ul>{rows.map((row) => <li key={row.point + row.lot + row.expiry}>{t(O.goodLine, { where: sayPoint(t, shown.points, row.point), lot: row.lot || '—', expiry: row.expiry || '—' })}　<b>{row.usable}</b></li>)}</ul>
    </div>
  );
}

function Paper({ shown, at, onOpen }: { shown: StockShown; at: Opened | null; onOpen: (opened: Opened | null) => void }) {
  const t = useT();
  const { today } = useApp();
  const lines = shown.figures.filter((one) => one.used > 0);
  const sources = [...new Set([shown.sources.use, shown.sources.order].map((status) => saySource(t, status)).filter(Boolean))].join(' ');
  return (
    <>
      <table>
        <caption>{t(O.title, { month: sayMonth(t, shown.on.slice(0, 7), today.value) })}　{t(O.place, { place: shown.points[shown.area] ?? shown.area, day: shown.on })}</caption>
        <thead><tr><th scope="col">{t(S.item)}</th>{[O.used, O.needed, O.good, O.wanted, O.got].map((word) => <th class="n" scope="col" key={word[0]}>{t(word, rules())}</th>)}</tr></thead>
        <tbody>{lines.map((one) => <Line key={one.item} one={one} at={at} onOpen={onOpen} />)}</tbody>
      </table>
      <div class="pad small soft">
        {lines.some((one) => one.wanted > 0) ? null : <p><b>{t(O.none)}</b></p>}
        {lines.length < shown.figures.length ? <p>{t(O.unused, { n: shown.figures.length - lines.length, ...rules() })}</p> : null}
        <p>{t(O.how, rules())}{lines.some((one) => one.good < 0) ? ` ${t(O.below)}` : ''}</p>
        {sources === '' ? null : <p>{sources}</p>}
      </div>
      <p class="pad signing">{t(O.sign)}</p>
    </>
  );
}

export function StockOrder({ shown }: { shown: StockShown }) {
  const t = useT();
  const [at, open] = useState<Opened | null>(null);
  const paper = useRef<HTMLElement>(null);
  if (shown.figures.every((one) => one.used <= 0)) return null;
  return (
    <section class="card wide paper" id={PARTS.order} ref={paper}>
      <Paper shown={shown} at={at} onOpen={open} />
      {at?.what === 'used' ? <Used area={shown.area} item={at.item} key={at.item} /> : null}
      {at?.what === 'good' ? <Good shown={shown} item={at.item} /> : null}
      <p class="pad"><button class="btn main" type="button" onClick={() => printAlone(paper.current)}><Icon name="print" />{t(O.print)}</button></p>
    </section>
  );
}
