/** Figures of services over a year: both counts stand beside each share, and each count opens to its records. No target, no ranking. */
import { sayDay } from '../../i18n/days';
import { both, type Named, type Word } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { Link } from '../../ui/link';
import { Icon } from '../../ui/signs';
import { useAsking, Choose, type Asking } from './Figure';
import { Asked, Head } from './parts';
import { ask, useDesk, useGet } from './wire';
import { W } from './words';

const R = {
  rates: ['别的数字', 'Other figures'],
  practice: ['综合避孕率', 'Practice rate'],
  what: ['什么', 'Figure'],
  share: ['占', 'Share'],
  part: ['其中', 'Of them'],
  of: ['一共', 'All'],
  stretch: ['{since} 到 {on}', '{since} to {on}'],
  noTarget: ['这些数没有指标，不比村，不排名；她同意留记录的才算。', 'No targets; villages are not compared. Only what she agreed to keep is counted.'],
  day: ['哪天', 'Day'],
  where: ['哪里', 'Where'],
  who: ['谁', 'Who'],
  by: ['谁记的', 'By'],
  covered: ['只有技术员能看', 'only the technician may know'],
} as const satisfies Record<string, Word>;

interface Rate {
  readonly id: string;
  readonly name: Named;
  readonly of: Named;
  readonly part: Named | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly percent: string | null;
  readonly hidden: boolean;
}
interface RatesShown {
  readonly since: string;
  readonly on: string;
  readonly k: number;
  readonly rates: readonly Rate[];
}
interface RateRows {
  readonly rows: readonly { readonly record: string; readonly occurred_on: string; readonly area: string; readonly author: string; readonly person: string | null; readonly name: string | null }[];
  readonly next: number | null;
  readonly total: number;
}

/** What the address asks for besides area and day: a figure, one of its counts, and from which row on. */
interface Opened {
  readonly rate: string;
  readonly part: string;
  readonly start: string;
}

const ratesAt = (asking: Asking, opened: Partial<Opened>): string => ask('/desk/rates', { area: asking.area, on: asking.on, ...opened });

function useOpened(): Opened {
  const { query } = useApp().router.place.value;
  return { rate: query.get('rate') ?? '', part: query.get('part') ?? '', start: query.get('start') ?? '' };
}

function Count({ n, unit, rate, part, asking }: { n: number | null; unit: Named; rate: Rate; part: string; asking: Asking }) {
  const t = useT();
  const { me } = useDesk();
  if (n === null) return <>{t(W.few)}</>;
  const words = `${String(n)} ${t(both(unit))}`;
  if (me.role !== 'station' || n === 0) return <>{words}</>;
  return <Link to={ratesAt(asking, { rate: rate.id, part })}>{words}</Link>;
}

function Table({ shown, asking, opened }: { shown: RatesShown; asking: Asking; opened: Opened }) {
  const t = useT();
  const { today } = useApp();
  return (
    <section class="card wide">
      <table>
        <caption>{t(R.stretch, { since: sayDay(t, shown.since, today.value), on: sayDay(t, shown.on, shown.since) })}</caption>
        <thead><tr><th scope="col">{t(R.what)}</th><th class="n" scope="col">{t(R.share)}</th><th scope="col">{t(R.part)}</th><th scope="col">{t(R.of)}</th></tr></thead>
        <tbody>{shown.rates.map((rate) => (
          <tr key={rate.id} class={opened.rate === rate.id ? 'on' : ''}>
            <th scope="row">{t(both(rate.name))}</th><td class="n">{rate.percent === null ? '' : `${rate.percent}%`}</td>
            <td>{rate.part ? <Count n={rate.numerator} unit={rate.part} rate={rate} part="numerator" asking={asking} /> : null}</td>
            <td><Count n={rate.denominator} unit={rate.of} rate={rate} part="denominator" asking={asking} /></td>
          </tr>
        ))}</tbody>
      </table>
      <p class="soft small pad">{t(R.noTarget)} {shown.rates.some((rate) => rate.hidden) ? t(W.hiddenNote, { k: shown.k }) : ''}</p>
    </section>
  );
}

function Behind({ asking, opened }: { asking: Asking; opened: Opened }) {
  const t = useT();
  const { today } = useApp();
  const { rate, part, start } = opened;
  const [answer, again] = useGet<RateRows>(rate ? ask(`/api/figures/rates/${rate}/records`, { area: asking.area, on: asking.on, part, start }) : null);
  if (!rate) return <section class="card pad soft"><Icon name="chart" /> {t(W.pick)}</section>;
  return (
    <Asked answer={answer} again={again}>{({ rows, next, total }) => (
      <section class="card" aria-label={t(W.records)}>
        <h2 class="row"><span class="grow">{t(W.records)} {String(total)}</span>{next === null ? null : <Link class="btn bare" to={ratesAt(asking, { rate, part, start: String(next) })}>{t(W.nextPage)}</Link>}</h2>
        <table class="rec">
          <thead><tr><th scope="col">{t(R.who)}</th><th scope="col">{t(R.where)}</th><th scope="col">{t(R.day)}</th><th scope="col">{t(R.by)}</th></tr></thead>
          <tbody>{rows.map((row) => (
            <tr key={row.record}>
              <td>{row.person ? <Link to={`/desk/person/${row.person}?record=${row.record}`}>{row.name}</Link> : <span class="soft">{t(R.covered)}</span>}</td>
              <td>{row.area}</td><td>{sayDay(t, row.occurred_on, today.value)}</td><td>{row.author}</td>
            </tr>
          ))}</tbody>
        </table>
        <p class="row soft"><Icon name="eye" />{t(W.masked)}</p>
      </section>
    )}</Asked>
  );
}

export function RatesPage() {
  const t = useT();
  const { me } = useDesk();
  const asking = useAsking();
  const opened = useOpened();
  const [answer, again] = useGet<RatesShown>(ask('/api/figures/rates', { area: asking.area, on: asking.on }));
  return (
    <>
      <Head help="figure" title={t(R.rates)}><Choose asking={asking} at="/desk/rates" /><Link class="btn" to="/desk/figure">{t(R.practice)}</Link></Head>
      <Asked answer={answer} again={again}>{(shown) => (
        <div class="two"><Table shown={shown} asking={asking} opened={opened} />{me.role === 'station' ? <Behind asking={asking} opened={opened} /> : null}</div>
      )}</Asked>
    </>
  );
}
