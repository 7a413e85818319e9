/** What happened before, newest first, each with its mark; a tap opens the record. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import type { T } from '../../i18n/words';
import type { Rec, Where } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { sayMore, sayRecord, sayRole } from '../../ui/record';
import { Icon, Mark } from '../../ui/signs';
import { RecordSheet } from './RecordSheet';
import { W } from './words';

/** Where the record stands with all its corrections: the least settled speaks. */
export function whereOf(record: Rec): Where {
  const all = [record.where, ...(record.amends ?? []).map((a) => a.where), ...(record.voided ? [record.voided.where] : [])];
  return all.includes('ask') ? 'ask' : all.includes('here') ? 'here' : record.where;
}

export function sayWho(t: T, record: Rec, me: string): string {
  if (record.author === me) return t(W.mine);
  return record.role === 'station' ? t(W.register) : t(W.by, { role: sayRole(t, record.role) });
}

function Row({ record, onOpen }: { record: Rec; onOpen: () => void }) {
  const t = useT();
  const { today } = useApp();
  const me = useOpen().store.worker.value.id;
  const where = whereOf(record);
  const state = where === 'here' ? t(W.here) : where === 'ask' ? t(W.ask) : '';
  const more = [sayDay(t, record.occurredOn, today.value), record.seenAs ? '' : sayWho(t, record, me), sayMore(t, record, today.value), state].filter(Boolean);
  return (
    <li>
      <button class="row open" type="button" onClick={onOpen}>
        <Mark at={where} />
        <span class="grow">
          {record.status === 'void' ? <s>{sayRecord(t, record, today.value)}</s> : <b>{sayRecord(t, record, today.value)}</b>}
          <p>{more.join('　')}{record.amends?.length ? `　${t(W.amended, { n: record.amends.length })}` : ''}</p>
          {record.voided ? <p>{t(W.voided, { reason: record.voided.reason })}</p> : null}
        </span>
        <Icon name="next" />
      </button>
    </li>
  );
}

export function Timeline({ records }: { records: readonly Rec[] }) {
  const t = useT();
  const [open, setOpen] = useState<string | null>(null);
  const chosen = records.find((r) => r.id === open);
  return (
    <>
      <h2>{t(W.history)}</h2>
      {records.length === 0 ? <p class="card pad soft">{t(W.noHistory)}</p> : (
        <ul class="card">{records.map((record) => <Row key={record.id} record={record} onOpen={() => setOpen(record.id)} />)}</ul>
      )}
      {chosen ? <RecordSheet record={chosen} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
