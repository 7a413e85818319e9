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
  const { settings } = useApp();
  const covered = settings.covered.value;
  const record = spoken(done);
  const hour = record?.at === undefined ? '' : local(record.at).hour;
  const name = covered ? maskName(done.person.name) : done.person.name;
  const where = done.records.some((r) => r.where === 'ask') ? 'ask' : done.records.some((r) => r.where === 'here') ? 'here' : 'town';
  return (
    <li class="card">
      <div class="row door wrap">
        <Mark at={where} />&nbsp;{done.bundle.household.none ? null : <><Plate>{sayDoor(t, done.bundle.household)}</Plate>&nbsp;</>}
        <Link class="grow tall" to={`/person/${done.person.id}`}>{name}{record && !covered ? `，${sayRecord(t, record)}` : ''} <span class="soft">{hour}</span></Link>
        {done.undoable ? <button class="btn bare" type="button" aria-label={t(W.undoLong, { name })} onClick={onUndo}><Icon name="undo" />{t(W.undo)}</button> : null}
      </div>
    </li>
  );
}

export function DoneList() {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const [said, setSaid] = useState<string | null>(null);
  const done = doneToday(store.bundles.value.values(), store.worker.value.id, today.value);
  const undo = async ({ person, records }: Done): Promise<void> => {
    try {
      for (const record of records) await store.undo(record.id);
      setSaid(t(W.undone, { name: person.name }));
    } catch (error) {
      setSaid(sayCode(t, codeOf(error)));
    }
  };
  if (done.length === 0 && !said) return null;
  return (
    <>
      <h2>{t(W.done)} <small>{t(W.doneHint, { n: done.length })}</small></h2>
      {said ? <Note tone="ok" icon="undo" role="status">{said}</Note> : null}
      <ul class="stack">{done.map((one) => <DoneRow key={one.person.id} done={one} onUndo={() => void undo(one)} />)}</ul>
    </>
  );
}
