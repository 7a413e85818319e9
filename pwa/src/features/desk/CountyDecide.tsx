/** A decision on days: with its ground; every one that was made, and taking the last on a service back. */
import { useState } from 'preact/hooks';
import { dayOf } from '../../clock';
import { sayDay } from '../../i18n/days';
import { both, type Word } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Note } from '../../ui/signs';
import { sayDays, sayTurn, type CountyDays, type DaysDecision, type DaysInForce } from './countyTrial';
import { CO, TR } from './countyWords';
import { sayDeskCode } from './deskCodes';
import { useDesk } from './wire';

interface Props<Told> {
  path: string;
  body: object;
  word: Word;
  onSaved: (told: Told) => void;
}

export function Decide<Told = CountyDays>({ path, body, word, onSaved }: Props<Told>) {
  const t = useT();
  const { transport } = useDesk();
  const [ground, setGround] = useState('');
  const [state, setState] = useState<{ at: 'idle' } | { at: 'saving' } | { at: 'failed'; code: string }>({ at: 'idle' });
  const send = (e: Event): void => {
    e.preventDefault();
    setState({ at: 'saving' });
    transport.post<Told>(path, { ...body, ground: ground.trim() })
      .then((told) => { setState({ at: 'idle' }); onSaved(told); }, (error: unknown) => setState({ at: 'failed', code: codeOf(error) }));
  };
  return (
    <form class="stack" onSubmit={send}>
      <div class="flex gap">
        <label class="field flex grow"><span>{t(TR.ground)}</span><input name="ground" maxLength={200} value={ground} onInput={(e) => { setGround(e.currentTarget.value); setState({ at: 'idle' }); }} /></label>
        <button class="btn main" type="submit" disabled={ground.trim().length < 2 || state.at === 'saving'}>{t(word)}</button>
      </div>
      {state.at === 'failed' ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, state.code)}</Note> : null}
    </form>
  );
}

function Decision({ one, of, onSaved }: { one: DaysDecision; of: DaysInForce | undefined; onSaved: (told: CountyDays) => void }) {
  const t = useT();
  const { today } = useApp();
  const [open, setOpen] = useState(false);
  const name = of ? t(both(of)) : one.schedule;
  const turn = sayTurn(t, one, of);
  return (
    <li class="stack">
      <p>{t(TR.turn, { n: one.version })} <b>{name}</b> {one.undoes === null ? null : t(TR.undoes, { n: one.undoes })} {sayDays(one.before)} → <b>{sayDays(one.after)}</b></p>
      {turn === '' ? null : <p>{turn}</p>}
      <p class="soft">{t(CO.who, { by: one.by, day: sayDay(t, dayOf(one.at), today.value), ground: one.ground })}</p>
      {one.last && !open ? <p><button class="btn" type="button" onClick={() => setOpen(true)}>{t(TR.undo)}</button></p> : null}
      {one.last && open ? <Decide path="/api/county/days/undo" body={{ version: one.version }} word={TR.undo} onSaved={onSaved} /> : null}
    </li>
  );
}

export function Decisions({ told: { history, schedules }, onSaved }: { told: CountyDays; onSaved: (told: CountyDays) => void }) {
  const t = useT();
  if (history.length === 0) return null;
  return (
    <section class="card pad stack">
      <h2>{t(TR.history, { n: history.length })}</h2>
      <p class="soft">{t(CO.four)}</p>
      <ul>{history.map((one) => <Decision key={one.version} one={one} of={schedules.find(({ id }) => id === one.schedule)} onSaved={onSaved} />)}</ul>
    </section>
  );
}
