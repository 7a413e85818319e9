/** What the local authority confirms: each value with its source and its words, confirmed or taken back with a ground; every decision stays. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import { both } from '../../i18n/words';
import { dayOf } from '../../clock';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Link } from '../../ui/link';
import { Note, Tag } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { count, KINDS, listed, sayGround, seen, toggled, type CountyValues, type Kind, type OpenValue } from './countyValues';
import { CO, TR } from './countyWords';
import { sayDeskCode } from './deskCodes';
import { Asked, Head } from './parts';
import { useNames } from './useNames';
import { useDesk, useGet } from './wire';

type State = { at: 'idle' } | { at: 'saving' } | { at: 'saved' } | { at: 'failed'; code: string };

function Row({ value, on, onPick }: { value: OpenValue; on: boolean; onPick: () => void }) {
  const t = useT();
  const { today } = useApp();
  const { confirmed, status } = value;
  return (
    <tr class={on ? 'on' : ''}>
      <td><label class="flex pick-row"><input type="checkbox" checked={on} onChange={onPick} /><span><b>{t(both(value.name))}</b>{value.name.zh === value.file.zh ? null : <span class="soft"> {t(both(value.file))}</span>}</span></label>
        {value.lines.map((line) => <p class="small" key={line.zh}>{t(both(line))}</p>)}</td>
      <td>{sayGround(t, status)}</td>
      <td>{confirmed === null ? <Tag tone="late">{t(CO.waiting)}</Tag> : <><Tag tone="ok">{t(CO.byHere)}</Tag><p class="small">{t(CO.who, { by: confirmed.by, day: sayDay(t, dayOf(confirmed.at), today.value), ground: confirmed.ground })}</p></>}</td>
    </tr>
  );
}

function List({ rows, picked, onPicked }: { rows: readonly OpenValue[]; picked: ReadonlySet<string>; onPicked: (picked: ReadonlySet<string>) => void }) {
  const t = useT();
  if (rows.length === 0) return <Empty icon="tick">{t(CO.empty)}</Empty>;
  const all = rows.every(({ place }) => picked.has(place));
  return (
    <section class="card wide">
      <p class="flex pad"><button class="btn" type="button" onClick={() => onPicked(all ? new Set() : new Set(rows.map(({ place }) => place)))}>{t(all ? CO.none : CO.all)}</button></p>
      <table>
        <thead><tr><th scope="col">{t(CO.what)}</th><th scope="col">{t(CO.source)}</th><th scope="col">{t(CO.state)}</th></tr></thead>
        <tbody>{rows.map((value) => <Row key={value.place} value={value} on={picked.has(value.place)} onPick={() => onPicked(toggled(picked, value.place))} />)}</tbody>
      </table>
    </section>
  );
}

function Say({ rows, picked, done, onSaid }: { rows: readonly OpenValue[]; picked: ReadonlySet<string>; done: boolean; onSaid: () => void }) {
  const t = useT();
  const { transport } = useDesk();
  const [ground, setGround] = useState('');
  const [state, setState] = useState<State>({ at: 'idle' });
  const send = (e: Event): void => {
    e.preventDefault();
    setState({ at: 'saving' });
    const body = { said: done ? 'reopened' : 'confirmed', values: seen(rows, picked), ground: ground.trim() };
    transport.post('/api/county/values', body).then(() => { setState({ at: 'saved' }); setGround(''); onSaid(); }, (error: unknown) => setState({ at: 'failed', code: codeOf(error) }));
  };
  const ready = picked.size > 0 && ground.trim().length > 1 && state.at !== 'saving';
  return (
    <form class="card pad stack say" onSubmit={send}>
      <div class="flex gap">
        <b class="nb">{t(CO.picked, { n: picked.size })}</b>
        <label class="field flex grow"><span>{t(CO.ground)}</span><input name="ground" maxLength={200} value={ground} onInput={(e) => { setGround(e.currentTarget.value); setState({ at: 'idle' }); }} /></label>
        <button class="btn main" type="submit" disabled={!ready}>{t(done ? CO.reopen : CO.confirm)}</button>
      </div>
      {state.at === 'saved' ? <Note tone="ok" icon="tick" role="status">{t(CO.saved)}</Note> : null}
      {state.at === 'failed' ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, state.code)}</Note> : null}
    </form>
  );
}

function History({ told }: { told: CountyValues }) {
  const t = useT();
  const { today } = useApp();
  if (told.history.length === 0) return null;
  const name = new Map(told.values.map((value) => [value.place, value] as const));
  const said = (place: string): string => { const value = name.get(place); return value ? t(both(value.name)) : place; };
  return (
    <details class="card pad">
      <summary>{t(CO.history, { n: told.history.length })}</summary>
      <ul>{told.history.map((one) => (
        <li key={one.version}>{t(CO.turn, { n: one.version })} {t(one.said === 'confirmed' ? CO.saidYes : CO.saidNo, { n: one.places.length })}. {t(CO.who, { by: one.by, day: sayDay(t, dayOf(one.at), today.value), ground: one.ground })}<p class="small soft">{one.places.map(said).join(' · ')}</p></li>
      ))}</ul>
    </details>
  );
}

function Values({ told, again }: { told: CountyValues; again: () => void }) {
  const t = useT();
  const [done, setDone] = useState(false);
  const [kind, setKind] = useState<Kind>('days');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const show = (nowDone: boolean, nowKind: Kind): void => { setDone(nowDone); setKind(nowKind); setPicked(new Set()); };
  const rows = listed(told.values, kind, done);
  const side = (is: boolean) => <button class={`btn ${done === is ? 'main' : ''}`} type="button" aria-pressed={done === is} onClick={() => show(is, kind)}>{t(is ? CO.done : CO.open, { n: count(told.values, is) })}</button>;
  return (
    <div class="stack">
      <div class="flex gap">{side(false)}{side(true)}
        <label class="field flex"><span>{t(CO.which)}</span><select value={kind} onChange={(e) => show(done, e.currentTarget.value as Kind)}>{KINDS.map((one) => <option key={one} value={one}>{t(CO[one])} {listed(told.values, one, done).length}</option>)}</select></label>
      </div>
      <p class="soft">{t(CO.same)}</p>
      <List rows={rows} picked={picked} onPicked={setPicked} />
      <Say key={`${kind}${String(done)}`} rows={rows} picked={picked} done={done} onSaid={() => { setPicked(new Set()); again(); }} />
      <History told={told} />
    </div>
  );
}

export function CountyPage() {
  const t = useT();
  useNames();
  const [answer, again] = useGet<CountyValues>('/api/county/values');
  const left = answer.at === 'here' ? t(CO.left, { n: count(answer.value.values, false) }) : undefined;
  return (
    <>
      <Head help="county" title={t(CO.title)} sub={left}><Link class="btn" to="/desk/trial">{t(TR.title)}</Link></Head>
      <Asked answer={answer} again={again}>{(told) => <Values told={told} again={again} />}</Asked>
    </>
  );
}
