/** What if a service had other days: how many would be due this month. A trial; nothing is changed by it. */
import { useState } from 'preact/hooks';
import { book, type RecordSchedule } from '../../generated/rulebook';
import { sayDay } from '../../i18n/days';
import { both } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Link } from '../../ui/link';
import { Note } from '../../ui/signs';
import { linesOf, numbersOf, tried, typed, type TrialShown } from './countyTrial';
import { CO, TR } from './countyWords';
import { sayDeskCode } from './deskCodes';
import { Head } from './parts';
import { useDesk, useGet, type NamedArea } from './wire';

type State = { at: 'idle' } | { at: 'asking' } | { at: 'told'; area: string; found: TrialShown } | { at: 'failed'; code: string };

const HEADS = [TR.opens, TR.due, TR.late, TR.gone];

function Told({ found }: { found: TrialShown }) {
  const t = useT();
  const { today } = useApp();
  const few = t(TR.few, { k: found.k });
  const then = found.then ?? (found.now === null ? few : t(TR.close, { k: found.k }));
  return (
    <Note tone="ok" icon="chart" role="status">
      <p>{t(TR.until, { day: sayDay(t, found.until, today.value) })}</p>
      <p class="num">{t(TR.now)} <b>{found.now ?? few}</b>{t(TR.comma)}{t(TR.then)} <b>{then}</b></p>
      <p class="soft">{t(TR.nothing)}</p>
    </Note>
  );
}

/** Mounted anew for each schedule, so that its days begin as they stand. */
function Form({ one, area }: { one: RecordSchedule; area: string }) {
  const t = useT();
  const { transport } = useDesk();
  const lines = linesOf(one);
  const [rows, setRows] = useState<readonly (readonly string[])[]>(() => lines.map(({ days }) => days));
  const [state, setState] = useState<State>({ at: 'idle' });
  const steps = numbersOf(rows);
  const type = (row: number, at: number, value: string): void => { setRows(typed(rows, row, at, value)); setState({ at: 'idle' }); };
  const send = (e: Event): void => {
    e.preventDefault();
    setState({ at: 'asking' });
    transport.post<TrialShown>('/api/county/trial', { area, schedule: one.id, steps })
      .then((found) => setState({ at: 'told', area, found }), (error: unknown) => setState({ at: 'failed', code: codeOf(error) }));
  };
  return (
    <form class="stack" onSubmit={send}>
      <table>
        <thead><tr><th scope="col">{t(TR.step)}</th>{HEADS.map((word) => <th scope="col" key={word[0]}>{t(word)}</th>)}</tr></thead>
        <tbody>{rows.map((days, row) => {
          const name = lines[row] ? t(both(lines[row].words)) : '';
          return (
            <tr key={row}><th scope="row">{name}</th>{days.map((day, at) => (
              <td key={at}><div class="field"><input class="days" inputMode="numeric" aria-label={`${name} ${t(HEADS[at] ?? TR.due)}`} value={day} onInput={(e) => type(row, at, e.currentTarget.value)} /></div></td>
            ))}</tr>
          );
        })}</tbody>
      </table>
      <p><button class="btn main" type="submit" disabled={steps === undefined || area === '' || state.at === 'asking'}>{t(TR.count)}</button></p>
      {state.at === 'told' && state.area === area ? <Told found={state.found} /> : null}
      {state.at === 'failed' ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, state.code)}</Note> : null}
    </form>
  );
}

export function CountyTrialPage() {
  const t = useT();
  const [answer] = useGet<{ areas: readonly NamedArea[] }>('/api/figures/areas');
  const areas = answer.at === 'here' ? answer.value.areas.filter(({ code }) => code.length <= 9) : [];
  const all = tried(book.schedules);
  const [id, setId] = useState(all[0]?.id ?? '');
  const [chosen, choose] = useState('');
  const area = chosen || (areas[0]?.code ?? '');
  const one = all.find((schedule) => schedule.id === id);
  return (
    <>
      <Head help="county" title={t(TR.title)}><Link class="btn" to="/desk/county">{t(CO.title)}</Link></Head>
      <section class="card pad stack">
        <p class="soft">{t(TR.why)}</p>
        <div class="flex gap">
          <label class="field flex"><span>{t(TR.where)}</span><select value={area} onChange={(e) => choose(e.currentTarget.value)}>{areas.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</select></label>
          <label class="field flex"><span>{t(TR.which)}</span><select value={id} onChange={(e) => setId(e.currentTarget.value)}>{all.map((schedule) => <option key={schedule.id} value={schedule.id}>{t(both(schedule))} ({schedule.id})</option>)}</select></label>
        </div>
        {one ? <Form key={id} one={one} area={area} /> : null}
      </section>
    </>
  );
}
