/** One record, whole: its answers in words; correct it, void it, or take it back while it is still on this phone. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import { both } from '../../i18n/words';
import type { Rec } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { sayReason } from '../../ui/reasons';
import { formOf } from '../../ui/labels';
import { sayRecord } from '../../ui/record';
import { Sheet } from '../../ui/sheet';
import { Icon, Note } from '../../ui/signs';
import { useForm } from '../../ui/whole';
import { takeBack } from './about';
import { Amend } from './Amend';
import { isSaid, sayAnswer } from './answer';
import { Trail } from './Trail';
import { Void } from './Void';
import { W } from './sheetWords';

function Answered({ record }: { record: Rec }) {
  const t = useT();
  const { today } = useApp();
  const fields = useForm(record.form)?.fields.filter(isSaid) ?? [];
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
  const last = takeBack(record);
  const undo = (): void => void store.undo(last ?? '').then(onClose, (error: unknown) => setCode(codeOf(error)));
  const gone = record.status === 'void';
  const mine = formOf(record.form)?.writers.includes(store.worker.value.role) ?? false;
  const back = last ? <button class="btn" type="button" onClick={undo}><Icon name="undo" />{t(W.undo)}</button> : null;
  if (record.seenAs) return null;
  return (
    <>
      {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
      <div class="pair">
        {back}
        {mine && !gone && record.form !== 'consent' ? <button class="btn" type="button" onClick={() => onDo('amend')}><Icon name="pen" />{t(W.amend)}</button> : null}
        {record.form === 'consent' || gone ? null : <button class="btn" type="button" onClick={() => onDo('void')}><Icon name="bin" />{t(W.void)}</button>}
      </div>
    </>
  );
}

export function RecordSheet({ record, onClose }: SheetProps) {
  const t = useT();
  const [doing, setDoing] = useState<'amend' | 'void' | null>(null);
  const { today } = useApp();
  if (doing === 'amend') return <Amend record={record} onClose={onClose} />;
  if (doing === 'void') return <Void record={record} onClose={onClose} />;
  return (
    <Sheet title={sayRecord(t, record, today.value)} onClose={onClose}>
      {record.seenAs ? null : <Answered record={record} />}
      {record.flags?.length ? <Note tone="late" icon="warn">{record.flags.map((flag) => sayReason(t, flag, record.form)).join('；')}</Note> : null}
      <Trail record={record} />
      <Deeds record={record} onClose={onClose} onDo={setDoing} />
      <button class="btn bare" type="button" onClick={onClose}>{t(W.close)}</button>
    </Sheet>
  );
}
