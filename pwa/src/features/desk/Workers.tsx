/** Who works where. Nobody is ranked and nobody's place is kept. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import { both } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { labelOf } from '../../ui/labels';
import { Tag } from '../../ui/signs';
import { ChangeWorker } from './ChangeWorker';
import { walk } from './keys';
import { NewWorker } from './NewWorker';
import { Asked, Head } from './parts';
import { leaveOf } from './places';
import { useGet, type Places, type WorkerRow, type Workers } from './wire';
import { K } from './workerWords';
import { W } from './words';

function Row({ worker, all, onChange }: { worker: WorkerRow; all: Workers; onChange: () => void }) {
  const t = useT();
  const { today } = useApp();
  const leave = leaveOf(all.leaves, worker.id);
  const standIn = all.workers.find((one) => one.id === leave?.stand_in)?.name ?? '';
  return (
    <tr>
      <th scope="row">{worker.name} <span class="soft">{worker.username}</span></th>
      <td>{worker.role ? t(both(labelOf('roles', worker.role))) : '—'}</td>
      <td>{worker.areas.map((area) => area.name).join('、') || t(K.nowhere)}{leave ? <p class="soft">{t(K.onLeave, { from: sayDay(t, leave.first, today.value), to: sayDay(t, leave.last, today.value), name: standIn })}</p> : null}</td>
      <td><Tag tone={worker.disabled_at === null ? 'ok' : 'late'}>{t(worker.disabled_at === null ? K.on : K.off)}</Tag></td>
      <td class="n">{worker.yours ? <button class="btn bare" type="button" data-row aria-label={t(K.changeOf, { name: worker.name })} onClick={onChange}>{t(K.change)}</button> : <span class="soft">{t(K.notYours)}</span>}</td>
    </tr>
  );
}

function List({ all, onChange }: { all: Workers; onChange: (id: string) => void }) {
  const t = useT();
  return (
    <section class="card wide" onKeyDown={walk}>
      <table>
        <thead><tr><th scope="col">{t(K.who)}</th><th scope="col">{t(K.role)}</th><th scope="col">{t(K.areas)}</th><th scope="col">{t(K.state)}</th><th scope="col"><span class="sr">{t(K.change)}</span></th></tr></thead>
        <tbody>{all.workers.map((worker) => <Row key={worker.id} worker={worker} all={all} onChange={() => onChange(worker.id)} />)}</tbody>
      </table>
    </section>
  );
}

export function WorkersPage() {
  const t = useT();
  const [answer, again] = useGet<Workers>('/api/workers');
  const [places, placesAgain] = useGet<Places>('/api/workers/places');
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <>
      <Head help="workers" title={t(K.workers)} sub={answer.at === 'here' ? t(W.countOf, { n: answer.value.workers.length }) : undefined} />
      <Asked answer={places} again={placesAgain}>{(found) => (
        <>
          <NewWorker places={found} onAdded={again} />
          <Asked answer={answer} again={again}>{(all) => {
            const worker = all.workers.find((one) => one.id === chosen);
            return (
              <>
                <List all={all} onChange={setChosen} />
                {worker ? <ChangeWorker key={worker.id} worker={worker} all={all} places={found} onClose={() => setChosen(null)} onChanged={again} /> : null}
              </>
            );
          }}</Asked>
        </>
      )}</Asked>
    </>
  );
}
