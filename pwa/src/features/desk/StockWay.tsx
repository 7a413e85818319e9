/** What was issued with a document and is still on its way: its sheet to print, and its receipt, as it was counted. */
import { useRef, useState } from 'preact/hooks';
import { useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Icon, Note } from '../../ui/signs';
import { sayDeskCode } from './deskCodes';
import { sayItem, sayPoint } from './stockPlan';
import { printAlone } from './printing';
import type { OnTheWay, StockShown } from './stockShapes';
import { PARTS } from './StockJumps';
import { S } from './stockWords';
import { Y } from './wayWords';
import { useDesk } from './wire';

interface LineProps {
  line: OnTheWay['lines'][number];
  came: string;
  onCame: ((came: string) => void) | null;
}

function Line({ line, came, onCame }: LineProps) {
  const t = useT();
  const item = sayItem(t, line.item);
  return (
    <tr>
      <th scope="row">{item}</th><td>{line.lot || '—'}</td><td class="nb">{line.expiry || '—'}</td><td class="n">{line.qty}</td>
      <td class="fill">{onCame ? <input type="number" required min={0} max={1_000_000} step={1} inputmode="numeric" aria-label={t(Y.cameNth, { item, lot: line.lot })} value={came} onInput={(e) => onCame(e.currentTarget.value)} /> : null}</td>
    </tr>
  );
}

function useTake(document: OnTheWay, onTaken: () => void) {
  const { transport } = useDesk();
  const [came, setCame] = useState(() => document.lines.map((line) => String(line.qty)));
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const take = (e: Event): void => {
    e.preventDefault();
    if (busy) return;
    setBusy(true);
    const lines = document.lines.map((line, i) => ({ ...line, expiry: line.expiry || null, qty: Number(came[i]) }));
    transport.post('/api/stock/movements', { movement: 'in', of: document.record, lines }).then(onTaken, (error: unknown) => { setCode(codeOf(error)); setBusy(false); });
  };
  return { came, code, take, change: (at: number, value: string) => setCame(came.map((one, i) => (i === at ? value : one))) };
}

/** Held out to the receiver's phone, on paper or from the screen. */
function Square({ document: { code: { side, path }, number } }: { document: OnTheWay }) {
  const t = useT();
  return <svg class="square" viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges" role="img" aria-label={t(Y.square, { number })}><path d={path} /></svg>;
}

function Sheet({ document, shown, id, onTaken }: { document: OnTheWay; shown: StockShown; id: string | undefined; onTaken: () => void }) {
  const t = useT();
  const { me } = useDesk();
  const paper = useRef<HTMLFormElement>(null);
  const { came, code, take, change } = useTake(document, onTaken);
  const station = me.role === 'station';
  const say = (point: string | null): string => (point ? sayPoint(t, shown.points, point) : '');
  return (
    <form class="card wide paper" id={id} ref={paper} onSubmit={take}>
      {document.movement === 'out' ? <Square document={document} /> : null}
      <h2 class="pad">{t(document.movement === 'out' ? Y.title : Y.titleBack, { from: say(document.from_place), to: say(document.to_place) })}</h2>
      <table>
        <caption>{t(Y.number, { number: document.number, day: document.on })}</caption>
        <thead><tr>{[S.item, S.lot, S.expiry].map((word) => <th scope="col" key={word[0]}>{t(word)}</th>)}<th class="n" scope="col">{t(Y.sent)}</th><th scope="col">{t(Y.came)}</th></tr></thead>
        <tbody>{document.lines.map((line, i) => <Line key={line.item + line.lot + line.expiry} line={line} came={came[i] ?? ''} onCame={station ? (value) => change(i, value) : null} />)}</tbody>
      </table>
      <p class="pad soft small">{t(Y.note)}{document.movement === 'out' ? ` ${t(Y.scan)}` : ''}</p>
      <p class="pad signing">{t(Y.sign)}</p>
      {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
      {station ? <p class="pad flex gap"><button class="btn main" type="submit">{t(Y.take)}</button><button class="btn" type="button" onClick={() => printAlone(paper.current)}><Icon name="print" />{t(Y.print)}</button></p> : null}
    </form>
  );
}

export function StockWay({ shown, onTaken }: { shown: StockShown; onTaken: () => void }) {
  return <>{shown.on_the_way.map((document, i) => <Sheet key={document.record} document={document} shown={shown} id={i === 0 ? PARTS.way : undefined} onTaken={onTaken} />)}</>;
}
