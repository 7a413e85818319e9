/** Other days for a service, or another variant of it: counted first, then decided with a ground. Every decision stays and can be taken back. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import { both } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Link } from '../../ui/link';
import { Note } from '../../ui/signs';
import { Decide, Decisions } from './CountyDecide';
import { CountyFieldsCard } from './CountyFields';
import { begunWith, numbersOf, sayVariant, typed, type CountyDays, type DaysInForce, type TrialShown, type Variant } from './countyTrial';
import { CO, TR } from './countyWords';
import { sayDeskCode } from './deskCodes';
import { Asked, Head } from './parts';
import { useNames } from './useNames';
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

interface FormProps {
  stood: DaysInForce;
  variant: Variant;
  area: string;
  onSaved: (told: CountyDays) => void;
}

/** Mounted anew for each schedule, variant and decision, so that its days begin as they stand. */
function Form({ stood, variant, area, onSaved }: FormProps) {
  const t = useT();
  const { transport } = useDesk();
  const [rows, setRows] = useState<readonly (readonly string[])[]>(() => begunWith(stood, variant));
  const [state, setState] = useState<State>({ at: 'idle' });
  const steps = numbersOf(rows);
  const asked = { schedule: stood.id, variant: variant.id, steps };
  const from = variant.id !== stood.variant ? TR.other : stood.number === 0 ? TR.own : TR.set;
  const type = (row: number, at: number, value: string): void => { setRows(typed(rows, row, at, value)); setState({ at: 'idle' }); };
  const send = (e: Event): void => {
    e.preventDefault();
    setState({ at: 'asking' });
    transport.post<TrialShown>('/api/county/trial', { area, ...asked })
      .then((found) => setState({ at: 'told', area, found }), (error: unknown) => setState({ at: 'failed', code: codeOf(error) }));
  };
  return (
    <>
      <form class="stack" onSubmit={send}>
        <p class="soft">{t(from, { n: stood.number })}</p>
        <table>
          <thead><tr><th scope="col">{t(TR.step)}</th>{HEADS.map((word) => <th scope="col" key={word[0]}>{t(word)}</th>)}</tr></thead>
          <tbody>{rows.map((days, row) => {
            const name = variant.words[row] ? t(both(variant.words[row])) : '';
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
      {state.at === 'told' && state.area === area ? <Decide path="/api/county/days" body={{ ...asked, seen: stood.number }} word={TR.save} onSaved={onSaved} /> : null}
    </>
  );
}

function Page({ first }: { first: CountyDays }) {
  const t = useT();
  const [answer] = useGet<{ areas: readonly NamedArea[] }>('/api/figures/areas');
  const areas = answer.at === 'here' ? answer.value.areas.filter(({ code }) => code.length <= 9) : [];
  const [told, setTold] = useState(first);
  const [saved, setSaved] = useState(false);
  const [id, setId] = useState(first.schedules[0]?.id ?? '');
  const [other, follow] = useState('');
  const [chosen, choose] = useState('');
  const area = chosen || (areas[0]?.code ?? '');
  const stood = told.schedules.find((schedule) => schedule.id === id);
  const variant = stood?.variants.find((one) => one.id === (other || stood.variant));
  const keep = (next: CountyDays): void => { setTold(next); setSaved(true); follow(''); };
  const pick = (next: string): void => { setId(next); setSaved(false); follow(''); };
  return (
    <div class="stack">
      <section class="card pad stack">
        <p class="soft">{t(TR.why)}</p>
        <div class="flex gap">
          <label class="field flex"><span>{t(TR.where)}</span><select value={area} onChange={(e) => choose(e.currentTarget.value)}>{areas.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</select></label>
          <label class="field flex"><span>{t(TR.which)}</span><select value={id} onChange={(e) => pick(e.currentTarget.value)}>{told.schedules.map((schedule) => <option key={schedule.id} value={schedule.id}>{t(both(schedule))}</option>)}</select></label>
        </div>
        {stood && stood.variants.length > 1 ? <label class="field flex"><span>{t(TR.follow)}</span><select value={variant?.id ?? ''} onChange={(e) => { follow(e.currentTarget.value); setSaved(false); }}>{stood.variants.map((one) => <option key={one.id} value={one.id}>{sayVariant(t, one)}</option>)}</select></label> : null}
        {saved ? <Note tone="ok" icon="tick" role="status">{t(TR.saved)}</Note> : null}
        {variant && stood ? <Form key={`${id}/${stood.number}/${variant.id}`} stood={stood} variant={variant} area={area} onSaved={keep} /> : null}
      </section>
      <Decisions told={told} onSaved={keep} />
    </div>
  );
}

export function CountyTrialPage() {
  const t = useT();
  useNames();
  const [answer, again] = useGet<CountyDays>('/api/county/days');
  return (
    <>
      <Head help="county" title={t(TR.title)}><Link class="btn" to="/desk/county">{t(CO.title)}</Link></Head>
      <div class="stack">
        <Asked answer={answer} again={again}>{(first) => <Page first={first} />}</Asked>
        <CountyFieldsCard />
      </div>
    </>
  );
}
