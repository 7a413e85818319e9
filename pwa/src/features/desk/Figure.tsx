/** A rate is never a bare number: both counts, base and day stand beside it, and each count opens to its records. */
import { sayDay } from '../../i18n/days';
import { both } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { optionOf } from '../../ui/labels';
import { Link } from '../../ui/link';
import { Icon } from '../../ui/signs';
import { Asked, Head } from './parts';
import { Records } from './Records';
import { shares } from './shares';
import { ask, useDesk, useGet, type Figure } from './wire';
import { V } from './villageWords';
import { W } from './words';

interface Areas {
  readonly areas: readonly { readonly code: string; readonly name: string; readonly level: string }[];
}

export interface Asking {
  readonly area: string;
  readonly on: string;
  readonly part: string;
  readonly after: string;
}

/** What the address asks for; without one the worker's own area today. */
export function useAsking(): Asking {
  const { router, today } = useApp();
  const { me } = useDesk();
  const { query } = router.place.value;
  return {
    area: query.get('area') ?? me.areas[0]?.code ?? '', on: query.get('on') ?? today.value,
    part: query.get('part') ?? '', after: query.get('after') ?? '',
  };
}

export const figureAt = (asking: Partial<Asking>): string => ask('/desk/figure', asking);

export function Choose({ asking, at = '/desk/figure' }: { asking: Asking; at?: string }) {
  const t = useT();
  const { router } = useApp();
  const [areas] = useGet<Areas>('/api/figures/areas');
  const go = (more: Partial<Asking>): void => router.go(ask(at, { area: asking.area, on: asking.on, part: asking.part, ...more }), 'replace');
  return (
    <>
      {areas.at === 'here' && areas.value.areas.length > 1 ? (
        <label class="field flex"><span>{t(W.area)}</span>
          <select value={asking.area} onChange={(e) => go({ area: e.currentTarget.value })}>{areas.value.areas.map((a) => <option key={a.code} value={a.code}>{a.name}</option>)}</select>
        </label>
      ) : null}
      <label class="field flex"><span>{t(W.onDay)}</span><input type="date" name="on" value={asking.on} onChange={(e) => { if (e.currentTarget.value) go({ on: e.currentTarget.value }); }} /></label>
    </>
  );
}

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** A count that opens to its records, where the reader may see them. */
function Count({ n, part, asking }: { n: number | null; part: string; asking: Asking }) {
  const t = useT();
  const { me } = useDesk();
  if (n === null) return <>{t(W.few)}</>;
  if (me.role !== 'station') return <>{grouped(n)}</>;
  return <Link to={figureAt({ ...asking, part, after: '' })} aria-current={asking.part === part ? 'true' : undefined}>{grouped(n)}</Link>;
}

function Rate({ figure, asking }: { figure: Figure; asking: Asking }) {
  const t = useT();
  const { today } = useApp();
  const base = t.lang === 'zh' ? figure.base : figure.base_en;
  return (
    <section class="card pad top2">
      <p class="big">{figure.percent ?? '—'}<small>{figure.percent === null ? '' : '%'}</small></p>
      <dl class="ratio">
        <div><dt><Count n={figure.numerator} part="numerator" asking={asking} /></dt><dd>{t(W.using)}</dd></div>
        <div><dt><Count n={figure.denominator} part="denominator" asking={asking} /></dt><dd>{t(W.base, { base, day: sayDay(t, figure.on, `${String(Number(today.value.slice(0, 4)) - 1)}-01-01`) })}</dd></div>
      </dl>
    </section>
  );
}

/** The longest bar, and the height of one method: its name above its bar, so that no name is too long. */
const BAR = 340;
const LINE = 50;

function Chart({ rows }: { rows: ReturnType<typeof shares> }) {
  const t = useT();
  const most = Math.max(1, ...rows.map((row) => row.n ?? 0));
  const name = (code: string): string => t(both(optionOf('contraceptive_followup', 'method', code)));
  const wide = (n: number | null): number => Math.max(3, Math.round((BAR * (n ?? 0)) / most));
  return (
    <svg class="chart" viewBox={`0 0 430 ${String(rows.length * LINE)}`} role="img" aria-label={rows.map((row) => `${name(row.code)} ${row.share ?? ''}`).join(t.lang === 'zh' ? '，' : ', ')}>
      {rows.map((row, i) => (
        <g key={row.code} class={i === 0 ? 'first' : ''} transform={`translate(0 ${String(i * LINE)})`}>
          <text x="0" y="16">{name(row.code)}</text>
          <rect x="0" y="22" width={wide(row.n)} height="20" rx="3" />
          <text class="v" x={wide(row.n) + 8} y="38">{row.share ?? ''}</text>
        </g>
      ))}
    </svg>
  );
}

function Mix({ figure, asking }: { figure: Figure; asking: Asking }) {
  const t = useT();
  const { me } = useDesk();
  const rows = shares(figure);
  if (rows.length === 0) return null;
  return (
    <section class="card pad">
      <h2>{t(W.mix)} {figure.numerator === null ? null : <small>{t(W.mixOf, { n: grouped(figure.numerator) })}</small>}</h2>
      <Chart rows={rows} />
      <table>
        <thead><tr><th scope="col">{t(W.method)}</th><th class="n" scope="col">{t(W.people)}</th><th class="n" scope="col">{t(W.share)}</th>{me.role === 'station' ? <th class="n" scope="col"><span class="sr">{t(W.open)}</span></th> : null}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code} class={asking.part === row.code ? 'on' : ''}>
              <th scope="row">{t(both(optionOf('contraceptive_followup', 'method', row.code)))}</th>
              <td class="n">{row.n === null ? t(W.few) : grouped(row.n)}</td><td class="n">{row.share ?? ''}</td>
              {me.role === 'station' ? <td class="n"><Link class="act" to={figureAt({ ...asking, part: row.code, after: '' })} aria-current={asking.part === row.code ? 'true' : undefined}>{t(W.records)}</Link></td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Remarks({ figure }: { figure: Figure }) {
  const t = useT();
  const none = figure.mix.none;
  return <p class="soft">{typeof none === 'number' ? t(W.note, { n: none }) : ''} {figure.hidden > 0 ? t(W.hiddenNote, { k: figure.k }) : ''} {t(W.noTarget)}</p>;
}

export function FigurePage() {
  const t = useT();
  const { me } = useDesk();
  const asking = useAsking();
  const [answer, again] = useGet<Figure>(ask('/api/figures/contraceptive_practice', { area: asking.area, on: asking.on }));
  return (
    <>
      <Head help="figure" title={t(W.practice)}><Choose asking={asking} /><Link class="btn" to="/desk/rates">{t(W.otherFigures)}</Link><button class="btn" type="button" onClick={() => window.print()}><Icon name="print" />{t(V.print)}</button></Head>
      <Asked answer={answer} again={again}>{(figure) => (
        <div class="two">
          <div class="stack"><Rate figure={figure} asking={asking} /><Mix figure={figure} asking={asking} /><Remarks figure={figure} /></div>
          {me.role === 'station' ? <Records asking={asking} /> : null}
        </div>
      )}</Asked>
    </>
  );
}
