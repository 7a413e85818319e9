/** What may be changed of one worker, each a short form of its own: areas, handing over, leave, password, account. */
import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { sayDay } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Sheet } from '../../ui/sheet';
import { Note } from '../../ui/signs';
import { Bag } from './Bag';
import { carries } from './bagRows';
import { B } from './bagWords';
import { sayDeskCode } from './deskCodes';
import { AREA_LENGTH, fits, leaveOf, others } from './places';
import { AreaPicks, Password } from './NewWorker';
import { useDesk, type Places, type WithPassword, type WorkerRow, type Workers } from './wire';
import { K } from './workerWords';

interface Props {
  worker: WorkerRow;
  all: Workers;
  places: Places;
  onClose: () => void;
  onChanged: () => void;
}

type Told = { at: 'none' } | { at: 'done' } | { at: 'failed'; code: string } | { at: 'password'; made: WithPassword };
type Post = (path: string, body?: unknown) => void;

function Part({ title, hint, children }: { title: string; hint?: string; children: ComponentChildren }) {
  return <details class="card pad"><summary><b>{title}</b></summary><div class="stack top3">{hint ? <p class="soft">{hint}</p> : null}{children}</div></details>;
}

function Areas({ worker, places, post }: { worker: WorkerRow; places: Places; post: Post }) {
  const t = useT();
  const role = worker.role || 'director';
  const [chosen, setChosen] = useState<string[]>([]);
  const held = worker.areas.map((area) => area.code);
  const free = { ...places, areas: fits(places.areas, role).filter((area) => !held.includes(area.code)) };
  const hers = { ...places, areas: worker.areas };
  const fresh = chosen.filter((code) => !held.includes(code));
  const back = chosen.filter((code) => held.includes(code));
  return (
    <Part title={t(K.areas)}>
      {AREA_LENGTH[role] === 12 || free.areas.length > 0 ? <AreaPicks places={free} role={role} chosen={chosen} onChosen={setChosen} legend={t(K.give)} /> : null}
      <AreaPicks places={hers} role={role} chosen={chosen} onChosen={setChosen} legend={t(K.take)} />
      <div class="flex wrap gap">
        <button class="btn main" type="button" disabled={fresh.length === 0} onClick={() => post('give', { role, areas: fresh })}>{t(K.give)}</button>
        <button class="btn" type="button" disabled={back.length === 0} onClick={() => post('take', { role, areas: back })}>{t(K.take)}</button>
      </div>
    </Part>
  );
}

function ToWhom({ label, among, value, onValue }: { label: string; among: readonly WorkerRow[]; value: string; onValue: (id: string) => void }) {
  const t = useT();
  return (
    <label class="field"><span>{label}</span>
      <select required value={value} onChange={(e) => onValue(e.currentTarget.value)}><option value="">{t(K.choose)}</option>{among.map((one) => <option key={one.id} value={one.id}>{one.name}，{one.areas.map((a) => a.name).join('、')}</option>)}</select>
    </label>
  );
}

function HandOver({ worker, all, places, post }: { worker: WorkerRow; all: Workers; places: Places; post: Post }) {
  const t = useT();
  const [to, setTo] = useState('');
  const [areas, setAreas] = useState<string[]>(worker.areas.map((area) => area.code));
  return (
    <Part title={t(K.handTo)} hint={t(K.handHint)}>
      <AreaPicks places={{ ...places, areas: worker.areas }} role={worker.role} chosen={areas} onChosen={setAreas} legend={t(K.areas)} />
      <ToWhom label={t(K.to)} among={others(all.workers, worker)} value={to} onValue={setTo} />
      <button class="btn main" type="button" disabled={!to || areas.length === 0} onClick={() => post('hand-over', { to, areas })}>{t(K.hand)}</button>
    </Part>
  );
}

function Leave({ worker, all, post, end }: { worker: WorkerRow; all: Workers; post: Post; end: (id: string) => void }) {
  const t = useT();
  const { today } = useApp();
  const [standIn, setStandIn] = useState('');
  const [first, setFirst] = useState(today.value);
  const [last, setLast] = useState(today.value);
  const leave = leaveOf(all.leaves, worker.id);
  if (leave) {
    const name = all.workers.find((one) => one.id === leave.stand_in)?.name ?? '';
    return (
      <Part title={t(K.leave)}>
        <p>{t(K.onLeave, { from: sayDay(t, leave.first, today.value), to: sayDay(t, leave.last, today.value), name })}</p>
        <button class="btn" type="button" onClick={() => end(leave.id)}>{t(K.endLeave)}</button>
      </Part>
    );
  }
  return (
    <Part title={t(K.leave)} hint={t(K.leaveHint)}>
      <div class="pair">
        <label class="field"><span>{t(K.first)}</span><input type="date" value={first} onChange={(e) => setFirst(e.currentTarget.value)} /></label>
        <label class="field"><span>{t(K.last)}</span><input type="date" value={last} min={first} onChange={(e) => setLast(e.currentTarget.value)} /></label>
      </div>
      <ToWhom label={t(K.standIn)} among={others(all.workers, worker)} value={standIn} onValue={setStandIn} />
      <button class="btn main" type="button" disabled={!standIn} onClick={() => post('leaves', { stand_in: standIn, first, last })}>{t(K.plan)}</button>
    </Part>
  );
}

export function ChangeWorker({ worker, all, places, onClose, onChanged }: Props) {
  const t = useT();
  const { transport, me } = useDesk();
  const [told, setTold] = useState<Told>({ at: 'none' });
  const failed = (error: unknown): void => setTold({ at: 'failed', code: codeOf(error) });
  const done = (): void => { setTold({ at: 'done' }); onChanged(); };
  const post: Post = (path, body) => void transport.post(`/api/workers/${worker.id}/${path}`, body).then(done, failed);
  const end = (id: string): void => void transport.post(`/api/workers/leaves/${id}/end`).then(done, failed);
  const fresh = (): void => void transport.post<WithPassword>(`/api/workers/${worker.id}/password`).then((made) => setTold({ at: 'password', made }), failed);
  const off = worker.disabled_at !== null;
  return (
    <Sheet title={t(K.changeOf, { name: worker.name })} onClose={onClose}>
      {told.at === 'failed' ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, told.code)}</Note> : null}
      {told.at === 'done' ? <Note tone="ok" icon="tick" role="status">{t(K.done)}</Note> : null}
      {told.at === 'password' ? <Password made={told.made} /> : null}
      <Areas key={worker.areas.length} worker={worker} places={places} post={post} />
      {worker.areas.length > 0 ? <HandOver key={`h${worker.areas.length}`} worker={worker} all={all} places={places} post={post} /> : null}
      {me.role === 'station' && carries(worker.areas.map((area) => area.role)) ? <Part title={t(B.title)} hint={t(B.hint)}><Bag worker={worker.id} /></Part> : null}
      <Leave worker={worker} all={all} post={post} end={end} />
      <Part title={t(K.password)} hint={t(K.passwordHint)}><button class="btn main" type="button" onClick={fresh}>{t(K.password)}</button></Part>
      <Part title={t(off ? K.switchOn : K.switchOff)} hint={t(K.offHint)}><button class="btn" type="button" onClick={() => post('switch', { on: off })}>{t(off ? K.switchOn : K.switchOff)}</button></Part>
      <button class="btn" type="button" onClick={onClose}>{t(K.done)} <kbd>Esc</kbd></button>
    </Sheet>
  );
}
