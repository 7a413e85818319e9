/** The township at a glance: what was done, what is to come, where we are late; whose phones are silent. Never ranked. */
import { sayDay, sayHour } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { Link } from '../../ui/link';
import { Icon, Mark } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { walk } from './keys';
import { Asked, Head } from './parts';
import { daysSince, lastHeard, SILENT_DAYS, silentOnes, villageHeard } from './silence';
import { ask, useGet, type Director, type Overview, type Village } from './wire';
import { V } from './villageWords';

const PERIODS = ['week', 'last_week', 'month'] as const;
type Period = (typeof PERIODS)[number];

const dueOf = ({ done, waiting, late }: Pick<Village, 'done' | 'waiting' | 'late'>): number => done + waiting + late;

function Bar({ done, waiting, late }: Village) {
  const part = (name: string, n: number) => (n > 0 ? <i class={name} style={{ flex: String(n) }} /> : null);
  return <span class="mix" aria-hidden="true">{part('done', done)}{part('wait', waiting)}{part('late', late)}</span>;
}

function Heard({ village }: { village: Village }) {
  const t = useT();
  const { today } = useApp();
  const heard = villageHeard(village);
  if (village.directors.length === 0) return <>{t(V.nobody)}</>;
  if (heard === null) return <>{t(village.directors.some((d) => d.phones > 0) ? V.neverHeard : V.noPhone)}</>;
  const days = daysSince(heard, today.value);
  return days >= SILENT_DAYS ? <><Mark at="ask" /> {t(V.daysAgo, { n: days })}</> : <>{sayHour(t, heard, today.value)}</>;
}

function Row({ village }: { village: Village }) {
  return (
    <tr>
      <th scope="row"><Link to={ask('/desk/figure', { area: village.code })} data-row>{village.name}</Link></th>
      <td class="n">{dueOf(village)}</td><td class="n">{village.done}</td><td class="n">{village.waiting}</td>
      <td class="n">{village.late > 0 ? <b class="late">{village.late}</b> : 0}</td>
      <td><Bar {...village} /></td><td class="nb"><Heard village={village} /></td>
    </tr>
  );
}

function Table({ villages }: { villages: readonly Village[] }) {
  const t = useT();
  const all = villages.reduce((sum, v) => ({ done: sum.done + v.done, waiting: sum.waiting + v.waiting, late: sum.late + v.late }), { done: 0, waiting: 0, late: 0 });
  return (
    <section class="card wide" onKeyDown={walk}>
      <p class="pad flex wrap"><span class="grow">{t(V.service)}</span><span class="key"><i class="done" />{t(V.done)}<i class="wait" />{t(V.waiting)}<i class="late" />{t(V.late)}</span></p>
      <table>
        <thead><tr><th scope="col">{t(V.village)}</th><th class="n" scope="col">{t(V.due)}</th><th class="n" scope="col">{t(V.done)}</th><th class="n" scope="col">{t(V.waiting)}</th><th class="n" scope="col">{t(V.late)}</th><th scope="col"><span class="sr">{t(V.shares)}</span></th><th scope="col">{t(V.heard)}</th></tr></thead>
        <tbody>{villages.map((village) => <Row key={village.code} village={village} />)}</tbody>
        <tfoot><tr><th scope="row">{t(V.all)}</th><td class="n">{dueOf(all)}</td><td class="n">{all.done}</td><td class="n">{all.waiting}</td><td class="n">{all.late}</td><td /><td /></tr></tfoot>
      </table>
    </section>
  );
}

function SilentRow({ director, villages }: { director: Director; villages: readonly string[] }) {
  const t = useT();
  const { today } = useApp();
  const heard = lastHeard(director) ?? 0;
  const left = director.unsent ?? 0;
  return (
    <li class="row"><Mark at="ask" /><span class="grow"><b>{director.name}</b>　{villages.join('、')}
      <p>{t(V.daysAgo, { n: daysSince(heard, today.value) })}，{left > 0 ? t(V.left, { n: left }) : t(V.allSent)}</p></span></li>
  );
}

function Silent({ villages }: { villages: readonly Village[] }) {
  const t = useT();
  const { today } = useApp();
  const silent = silentOnes(villages, today.value);
  if (villages.every((v) => v.directors.every((d) => d.phones === 0))) return <Link class="card row act" to="/desk/phones"><Icon name="mobile" />{t(V.noPhones)}</Link>;
  if (silent.length === 0) return <section class="card pad"><h2><Icon name="tick" />{t(V.noneSilent)}</h2></section>;
  return (
    <section class="card">
      <h2 class="row">{t(V.silentHead, { n: silent.length })}</h2>
      <ul>{silent.map((one) => <SilentRow key={one.director.id} {...one} />)}</ul>
      <p class="row soft">{t(V.askFirst)}</p>
    </section>
  );
}

function Known({ overview }: { overview: Overview }) {
  const t = useT();
  const { villages, declined, k } = overview;
  if (villages.length === 0) return <Empty icon="home"><b>{t(V.noVillages)}</b><p><Link class="btn" to="/desk/import">{t(V.toImport)}</Link></p></Empty>;
  return (
    <div class="cols side-by">
      <Table villages={villages} />
      <aside class="stack" aria-label={t(V.heard)}>
        <Silent villages={villages} />
        <p class="card pad soft">{declined === null ? t(V.declinedFew, { k }) : t(V.declined, { n: declined })}</p>
      </aside>
    </div>
  );
}

export function VillagesPage() {
  const t = useT();
  const { router, today } = useApp();
  const asked = router.place.value.query.get('period');
  const period: Period = PERIODS.find((one) => one === asked) ?? 'week';
  const [answer, again] = useGet<Overview>(ask('/api/villages', { period }));
  const days = answer.at === 'here' ? t(V.fromTo, { from: sayDay(t, answer.value.since, today.value), to: sayDay(t, answer.value.until, today.value) }) : undefined;
  return (
    <>
      <Head title={t(V[period])} sub={days} help="villages">
        <label class="field flex"><span class="sr">{t(V.stretch)}</span>
          <select value={period} onChange={(e) => router.go(ask('/desk/villages', { period: e.currentTarget.value }), 'replace')}>{PERIODS.map((one) => <option key={one} value={one}>{t(V[one])}</option>)}</select>
        </label>
        <button class="btn" type="button" onClick={() => window.print()}><Icon name="print" />{t(V.print)}</button>
      </Head>
      <Asked answer={answer} again={again}>{(overview) => <Known overview={overview} />}</Asked>
    </>
  );
}
