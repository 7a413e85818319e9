/** The very records behind one count, a page at a time, names covered. */
import { sayDay } from '../../i18n/days';
import { both, type T } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { labelOf, optionOf } from '../../ui/labels';
import { Link } from '../../ui/link';
import { Icon } from '../../ui/signs';
import { figureAt, type Asking } from './Figure';
import { Asked } from './parts';
import { ask, useGet, type FigureRow, type FigureRows } from './wire';
import { W } from './words';

const NAMED = { numerator: W.numerator, denominator: W.denominator, none: W.none } as const;

export function sayPart(t: T, part: string): string {
  return part in NAMED ? t(NAMED[part as keyof typeof NAMED]) : t(both(optionOf('contraceptive_followup', 'method', part)));
}

function sayAuthor(t: T, row: FigureRow): string {
  if (row.source === 'import') return t(W.register);
  return row.author || (row.role ? t(both(labelOf('roles', row.role))) : '');
}

function Table({ rows }: { rows: readonly FigureRow[] }) {
  const t = useT();
  const { today } = useApp();
  return (
    <table class="rec">
      <thead><tr><th scope="col">{t(W.person)}</th><th scope="col">{t(W.village)}</th><th scope="col">{t(W.day)}</th><th scope="col">{t(W.author)}</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.person}>
            <td><Link to={`/desk/person/${row.person}${row.record ? `?record=${row.record}` : ''}`}>{row.name}</Link></td>
            <td>{row.area.name}</td>
            <td>{row.occurred_on ? sayDay(t, row.occurred_on, today.value) : <span class="soft">{t(W.noRecord)}</span>}</td>
            <td>{sayAuthor(t, row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pager({ next, asking }: { next: string | null; asking: Asking }) {
  const t = useT();
  return (
    <>
      {asking.after ? <Link class="btn bare" to={figureAt({ ...asking, after: '' })}>{t(W.firstPage)}</Link> : null}
      {next ? <Link class="btn bare" to={figureAt({ ...asking, after: next })}>{t(W.nextPage)}</Link> : null}
    </>
  );
}

export function Records({ asking }: { asking: Asking }) {
  const t = useT();
  const { area, on, part, after } = asking;
  const [answer, again] = useGet<FigureRows>(part ? ask('/api/figures/contraceptive_practice/records', { area, on, part, after }) : null);
  if (!part) return <section class="card pad soft"><Icon name="chart" /> {t(W.pick)}</section>;
  return (
    <Asked answer={answer} again={again}>{({ rows, next, total }) => (
      <section class="card" aria-label={sayPart(t, part)}>
        <h2 class="row"><span class="grow">{t(W.listOf, { part: sayPart(t, part), n: total })}</span><Pager next={next} asking={asking} /></h2>
        <Table rows={rows} />
        <p class="row soft"><Icon name="eye" />{t(W.masked)}</p>
      </section>
    )}</Asked>
  );
}
