/** Done today stays in sight, with undo until it is sent. */
import { useState } from 'preact/hooks';
import { local } from '../../i18n/days';
import { maskName } from '../../i18n/masks';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { sayDoor } from '../../ui/household';
import { Icon, Mark, Note, Plate } from '../../ui/signs';
import { Link } from '../../ui/link';
import { sayRecord } from '../../ui/record';
import { doneToday, type Done } from './done';
import { W } from './words';

/** The record that names the visit: not the consent that went before it. */
const spoken = (done: Done) => done.records.find((r) => r.form === 'household_visit') ?? done.records[0];

function DoneRow({ done, onUndo }: { done: Done; onUndo: () => void }) {
  const t = useT();
  const { settings, today } = useApp();
  const covered = settings.covered.value;
  const record = spoken(done);
  const hour = record?.at === undefined ? '' : local(record.at).hour;
  const name = covered ? maskName(done.person.name) : done.person.name;
  const where = done.records.some((r) => r.where === 'ask') ? 'ask' : done.records.some((r) => r.where === 'here') ? 'here' : 'town';
  return (
    <li class="card">
      <div class="row door">
        <Mark at={where} />
        <Link class="grow tall" to={`/person/${done.person.id}`}><span>{done.bundle.household.none ? null : <><Plate>{sayDoor(t, done.bundle.household)}</Plate> </>}{name}{record && !covered ? `，${sayRecord(t, record, today.value)}` : ''} <span class="soft">{hour}</span></span></Link>
        {done.undoable ? <button class="btn bare" type="button" aria-label={t(W.undoLong, { name })} onClick={onUndo}><Icon name="undo" />{t(W.undo)}</button> : null}
      </div>
    </li>
  );
}

/** Takes back all she recorded for one person today, newest first; what was sent meanwhile says so. */
function useUndo() {
  const t = useT();
  const { store } = useOpen();
  const [said, setSaid] = useState<string | null>(null);
  const undo = async ({ person, records }: Done): Promise<void> => {
    try {
      for (const record of records) await store.undo(record.id);
      setSaid(t(W.undone, { name: person.name }));
    } catch (error) {
      setSaid(sayCode(t, codeOf(error)));
    }
  };
  return { said, undo };
}

/** What was recorded a moment ago stands on top, where she looks; the rest of the day below. */
export function DoneList({ just }: { just: string | null }) {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const { said, undo } = useUndo();
  const all = doneToday(store.bundles.value.values(), store.worker.value.id, today.value);
  const done = just === null ? all : all.filter((one) => one.person.id === just);
  if (done.length === 0 && !said) return null;
  return (
    <>
      <h2>{t(just === null ? W.done : W.just)} {just === null ? <small>{t(W.doneHint, { n: done.length })}</small> : null}</h2>
      {said ? <Note tone="ok" icon="undo" role="status">{said}</Note> : null}
      <ul class="stack">{done.map((one) => <DoneRow key={one.person.id} done={one} onUndo={() => void undo(one)} />)}</ul>
    </>
  );
}
