/** The movements behind an item's numbers, newest first; one that the desk wrote wrongly is taken back with its reason. */
import { useState } from 'preact/hooks';
import { book } from '../../generated/daily';
import { sayDay } from '../../i18n/days';
import { both, type T } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Note } from '../../ui/signs';
import { sayDeskCode } from './deskCodes';
import { Asked } from './parts';
import { sayItem, sayMovement, sayPoint } from './stockPlan';
import type { MovedRow, MovedRows } from './stockShapes';
import { S } from './stockWords';
import { ask, useDesk, useGet } from './wire';

const FIT: readonly string[] = ['slip', 'wrong_day', 'twice', 'not_so'];
const reasons = () => (book.labels.correction_reasons?.words ?? []).filter((one) => FIT.includes(one.code));

const sayKind = (t: T, row: MovedRow): string => (row.movement === 'given' || row.movement === null ? t(S.given) : sayMovement(t, row.movement));

function TakeBack({ row, onBack }: { row: MovedRow; onBack: () => void }) {
  const t = useT();
  const { transport } = useDesk();
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const go = (reason: string): void => {
    transport.post(`/api/stock/movements/${row.record}/void`, { reason }).then(onBack, (error: unknown) => setCode(codeOf(error)));
  };
  if (!open) return <button class="btn bare" type="button" onClick={() => setOpen(true)}>{t(S.back)}</button>;
  return (
    <>
      <select aria-label={t(S.backWhy)} value="" onChange={(e) => go(e.currentTarget.value)}>
        <option value="">{t(S.backWhy)}</option>
        {reasons().map((one) => <option key={one.code} value={one.code}>{t(both(one))}</option>)}
      </select>
      {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
    </>
  );
}

function Row({ row, rows, item, onBack }: { row: MovedRow; rows: MovedRows; item: string; onBack: () => void }) {
  const t = useT();
  const { today } = useApp();
  const { me } = useDesk();
  const lines = row.lines.filter((line) => line.item === item).map((line) => [line.lot, String(line.qty)].filter(Boolean).join(' × ')).join('；');
  return (
    <tr>
      <td>{sayDay(t, row.on, today.value)}</td><th scope="row">{sayKind(t, row)}</th><td>{row.from_place ? sayPoint(t, rows.points, row.from_place) : ''}</td><td>{row.to_place ? sayPoint(t, rows.points, row.to_place) : ''}</td>
      <td>{lines}</td><td>{row.author}</td><td>{row.desk && me.role === 'station' ? <TakeBack row={row} onBack={onBack} /> : null}</td>
    </tr>
  );
}

/** `item` chosen in the table of figures; `onBack` reads the page anew. */
export function StockList({ area, item, onBack, onClose }: { area: string; item: string; onBack: () => void; onClose: () => void }) {
  const t = useT();
  const [start, setStart] = useState(0);
  const [own, setOwn] = useState(false);
  const [answer, again] = useGet<MovedRows>(ask('/api/stock/movements', { area, item, start: start > 0 ? String(start) : '', own: own ? 'true' : '' }));
  const back = (): void => { again(); onBack(); };
  return (
    <Asked answer={answer} again={again}>{(rows) => (
      <section class="card wide" aria-label={t(S.list)}>
        <h2 class="row"><span class="grow">{t(S.listOf, { item: sayItem(t, item), n: rows.total })}</span>{rows.next === null ? null : <button class="btn bare" type="button" onClick={() => setStart(rows.next ?? 0)}>{t(S.more)}</button>}<button class="btn bare" type="button" onClick={onClose}>{t(S.close)}</button></h2>
        <label class="flex gap pad"><input type="checkbox" checked={own} onChange={(e) => { setOwn(e.currentTarget.checked); setStart(0); }} />{t(S.own)}</label>
        <table>
          <thead><tr>{[S.day, S.what, S.from, S.to, S.lot, S.who, S.back].map((word) => <th scope="col" key={word[0]}>{t(word)}</th>)}</tr></thead>
          <tbody>{rows.rows.map((row) => <Row key={row.record} row={row} rows={rows} item={item} onBack={back} />)}</tbody>
        </table>
      </section>
    )}</Asked>
  );
}
