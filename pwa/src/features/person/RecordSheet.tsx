/** One record, whole: its answers in words; correct it, void it, or take it back while it is still on this phone. */
import { useState } from 'preact/hooks';
import { sayDay, sayVague } from '../../i18n/days';
import { both, type T } from '../../i18n/words';
import type { Field } from '../../generated/rulebook';
import type { Rec, Value, VagueDate } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { shown } from '../../ui/decimals';
import { sayReason } from '../../ui/reasons';
import { formOf } from '../../ui/labels';
import { sayRecord } from '../../ui/record';
import { Sheet } from '../../ui/sheet';
import { Icon, Mark, Note } from '../../ui/signs';
import { useForm } from '../../ui/whole';
import { Amend } from './Amend';
import { sayWho, whereOf } from './Timeline';
import { Void } from './Void';
import { W } from './words';

/** Never shown as text: a signature is strokes, a reference an id. */
const SILENT = ['signature', 'text_version'];

export function sayAnswer(t: T, field: Field, value: Value, today: string): string {
  const one = (v: Value): string => {
    if (typeof v === 'boolean') return t(v ? W.yes : W.no);
    const option = field.options?.find((o) => o.code === v);
    if (option) return t(both(option));
    if (field.type === 'date') return sayVague(t, v as VagueDate, today);
    return typeof v === 'number' ? shown(v, field.digits) : typeof v === 'object' ? '' : String(v);
  };
  const unit = field.unit ? ` ${t(both(field.unit))}` : '';
  return (Array.isArray(value) ? value.map(one).join(t.lang === 'zh' ? '、' : ', ') : one(value)) + unit;
}

function Answered({ record }: { record: Rec }) {
  const t = useT();
  const { today } = useApp();
  const fields = useForm(record.form)?.fields.filter((f) => f.type !== 'ref' && !SILENT.includes(f.key)) ?? [];
  return (
    <dl class="card answers">
      <div class="row slim"><dt class="soft">{t(W.on)}</dt><dd>{sayDay(t, record.occurredOn, today.value)}</dd></div>
      {fields.map((field) => {
        const value = record.answers[field.key];
        return value === undefined || value === null ? null : (
          <div class="row slim" key={field.key}><dt class="soft">{t(both(field))}</dt><dd>{sayAnswer(t, field, value, today.value)}</dd></div>
        );
      })}
    </dl>
  );
}

interface SheetProps {
  record: Rec;
  onClose: () => void;
}

function Deeds({ record, onClose, onDo }: SheetProps & { onDo: (what: 'amend' | 'void') => void }) {
  const t = useT();
  const { store } = useOpen();
  const [code, setCode] = useState<string | null>(null);
  const undo = (): void => void store.undo(record.id).then(onClose, (error: unknown) => setCode(codeOf(error)));
  const mine = formOf(record.form)?.writers.includes(store.worker.value.role) ?? false;
  if (record.status === 'void' || record.seenAs) return null;
  return (
    <>
      {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
      <div class="pair">
        {record.where === 'here' ? <button class="btn" type="button" onClick={undo}><Icon name="undo" />{t(W.undo)}</button> : null}
        {mine && record.form !== 'consent' ? <button class="btn" type="button" onClick={() => onDo('amend')}><Icon name="pen" />{t(W.amend)}</button> : null}
        {record.form === 'consent' ? null : <button class="btn" type="button" onClick={() => onDo('void')}><Icon name="bin" />{t(W.void)}</button>}
      </div>
    </>
  );
}

export function RecordSheet({ record, onClose }: SheetProps) {
  const t = useT();
  const [doing, setDoing] = useState<'amend' | 'void' | null>(null);
  const { today } = useApp();
  const me = useOpen().store.worker.value.id;
  if (doing === 'amend') return <Amend record={record} onClose={onClose} />;
  if (doing === 'void') return <Void record={record} onClose={onClose} />;
  return (
    <Sheet title={sayRecord(t, record, today.value)} onClose={onClose}>
      <p class="small soft"><Mark at={whereOf(record)} /> {sayWho(t, record, me)}</p>
      {record.seenAs ? null : <Answered record={record} />}
      {record.flags?.length ? <Note tone="late" icon="warn">{record.flags.map((flag) => sayReason(t, flag, record.form)).join('；')}</Note> : null}
      {record.voided ? <Note icon="bin">{t(W.voided, { reason: record.voided.reason })}</Note> : null}
      <Deeds record={record} onClose={onClose} onDo={setDoing} />
      <button class="btn bare" type="button" onClick={onClose}>{t(W.close)}</button>
    </Sheet>
  );
}
