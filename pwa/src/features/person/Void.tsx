/** A record that should not count: kept, struck through, with a reason. */
import { useState } from 'preact/hooks';
import type { Rec } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { sayRecord } from '../../ui/record';
import { Sheet } from '../../ui/sheet';
import { Note } from '../../ui/signs';
import { Reason } from './Reason';
import { W } from './sheetWords';

export function Void({ record, onClose }: { record: Rec; onClose: () => void }) {
  const t = useT();
  const { store } = useOpen();
  const { today } = useApp();
  const [reason, setReason] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const save = (e: Event): void => {
    e.preventDefault();
    void store.voidRecord(record.id, reason.trim()).then(onClose, (error: unknown) => setCode(codeOf(error)));
  };
  return (
    <Sheet title={sayRecord(t, record, today.value)} onClose={onClose}>
      <form class="stack" onSubmit={save}>
        <p>{t(W.voidHint)}</p>
        <Reason legend={t(W.voidReason)} value={reason} onReason={setReason} without={['learned']} />
        {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
        <div class="pair"><button class="btn" type="button" onClick={onClose}>{t(W.cancel)}</button><button class="btn main" type="submit">{t(W.voidYes)}</button></div>
      </form>
    </Sheet>
  );
}
