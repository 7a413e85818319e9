/** Correcting a record: the same questions with the old answers in them; only what she touched is sent, and what
 * other phones correct meanwhile comes in around it. */
import { useState } from 'preact/hooks';
import { check } from '../../rules/forms';
import type { Answers, Rec, Value } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Questions } from '../../ui/form';
import { unsure, useLook, type Sure } from '../../ui/look';
import { sayRecord } from '../../ui/record';
import { LOOK } from '../../ui/remarks';
import { Sheet } from '../../ui/sheet';
import { Note } from '../../ui/signs';
import { useForm } from '../../ui/whole';
import { changed, over } from './about';
import { Reason } from './Reason';
import { W } from './sheetWords';

export function Amend({ record, onClose }: { record: Rec; onClose: () => void }) {
  const t = useT();
  const { store } = useOpen();
  const { today } = useApp();
  const form = useForm(record.form, record.days ?? 0);
  const [mine, setMine] = useState<Answers>({});
  const [reason, setReason] = useState('');
  const [sure, setSure] = useState<Sure>([]);
  const [said, setSaid] = useState<string | null>(null);
  const look = useLook();
  if (!form) return null;
  const answers = over(record.answers, mine);
  const findings = check(form, answers, record.occurredOn, record.role);
  const open = unsure(form, answers, findings.filter((found) => found.field in mine), sure);
  const answer = (key: string, value: Value | undefined): void => setMine({ ...mine, [key]: value ?? null });
  const save = (e: Event): void => {
    e.preventDefault();
    const changes = changed(record.answers, answers);
    if (Object.keys(changes).length === 0) setSaid(t(W.noChange));
    else if (look.holds(open)) setSaid(t(LOOK));
    else void store.amend(record.id, changes, reason.trim()).then(onClose, (error: unknown) => setSaid(sayCode(t, codeOf(error))));
  };
  return (
    <Sheet title={sayRecord(t, record, today.value)} onClose={onClose}>
      <form class="stack" onSubmit={save}>
        <Questions form={form} answers={answers} role={record.role} findings={findings} tried onAnswer={answer} sure={sure} onSure={setSure} />
        <Reason legend={t(W.reason)} value={reason} onReason={setReason} without={['twice', 'not_so']} />
        {said ? <Note tone="late" icon="warn" role="alert">{said}</Note> : null}
        <div class="pair"><button class="btn" type="button" onClick={onClose}>{t(W.cancel)}</button><button class="btn main" type="submit">{t(W.amendYes)}</button></div>
      </form>
    </Sheet>
  );
}
