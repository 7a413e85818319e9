/** What happened before, newest first, each with its mark; a tap opens the record or the change. */
import { useMemo, useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import type { Person, Rec } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { ChangeRow, ChangeSheet } from '../../ui/changes';
import { fieldsOf } from '../../ui/fields';
import { Growing } from '../../ui/growing';
import { sayMore, sayRecord } from '../../ui/record';
import { lazy } from '../../ui/lazy';
import { Icon, Mark } from '../../ui/signs';
import { happenings, sayWho, whereOf } from './about';
import { sayCause } from './cause';
import { W } from './words';

/** They lie below the glass when her page opens. */
const FIRST_ROWS = 2;

/** Looking into a record, correcting and voiding it come when a record is tapped. */
const RecordSheet = lazy(() => import('./RecordSheet').then((m) => m.RecordSheet), () => null);

function Row({ record, onOpen }: { record: Rec; onOpen: () => void }) {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const where = whereOf(record);
  const state = where === 'here' ? t(W.here) : where === 'ask' ? t(W.ask) : '';
  const who = record.seenAs ? '' : sayWho(t, record, store.worker.value.id, store.names.value);
  const more = [sayDay(t, record.occurredOn, today.value), who, sayMore(t, record, today.value), state].filter(Boolean);
  return (
    <button class="row open" type="button" onClick={onOpen}>
      <Mark at={where} />
      <span class="grow">
        {record.status === 'void' ? <s>{sayRecord(t, record, today.value)}</s> : <b>{sayRecord(t, record, today.value)}</b>}
        <p>{more.join('　')}{record.amends?.length ? `　${t(W.amended, { n: record.amends.length })}` : ''}</p>
        {record.voided ? <p>{t(W.voided, { reason: sayCause(t, record.voided.reason) })}</p> : null}
      </span>
      <Icon name="next" />
    </button>
  );
}

export function Timeline({ person, records }: { person: Person; records: readonly Rec[] }) {
  const t = useT();
  const { store } = useOpen();
  const [open, setOpen] = useState<string | null>(null);
  const close = (): void => setOpen(null);
  const changes = store.changes('person', person.id);
  const all = useMemo(() => happenings(records, changes), [records, changes]);
  const chosen = all.find(({ record, change }) => (record ?? change)?.id === open);
  const current = { ...fieldsOf(person), ...(person.household ? { household: person.household } : {}) };
  return (
    <>
      <h2>{t(W.history)}</h2>
      {all.length === 0 ? <p class="card pad soft">{t(W.noHistory)}</p> : (
        <Growing class="card" items={all} begin={FIRST_ROWS}>{({ record, change }) => {
          if (record) return <li key={record.id}><Row record={record} onOpen={() => setOpen(record.id)} /></li>;
          return change ? <li key={change.id}><ChangeRow change={change} type="person" onOpen={() => setOpen(change.id)} /></li> : null;
        }}</Growing>
      )}
      {chosen?.record ? <RecordSheet record={chosen.record} onClose={close} /> : null}
      {chosen?.change ? <ChangeSheet type="person" id={person.id} current={current} change={chosen.change} onClose={close} /> : null}
    </>
  );
}
