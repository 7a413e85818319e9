/** She takes back what she agreed to: one question, without a reason. */
import type { Bundle, Person } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { sayPurpose } from '../../ui/record';
import { Sheet } from '../../ui/sheet';
import type { Permission } from './about';
import { W } from './sheetWords';

interface WithdrawProps {
  permission: Permission;
  person: Person;
  bundle: Bundle;
  onClose: () => void;
}

export function Withdraw({ permission: { purpose, record }, person, bundle, onClose }: WithdrawProps) {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const withdraw = async (): Promise<void> => {
    const answers = { purpose, decision: 'withdrawn', of: record.id, text_version: record.answers.text_version ?? null };
    await store.record({ form: 'consent', area: bundle.household.area, occurredOn: today.value, answers, person: person.id, ...(person.household ? { household: person.household } : {}) });
    onClose();
  };
  return (
    <Sheet title={t(W.withdrawTitle, { purpose: sayPurpose(t, purpose) })} onClose={onClose}>
      <p>{t(W.withdrawHint)}</p>
      <div class="pair"><button class="btn" type="button" onClick={onClose}>{t(W.cancel)}</button><button class="btn main" type="button" onClick={() => void withdraw()}>{t(W.withdrawYes)}</button></div>
    </Sheet>
  );
}
