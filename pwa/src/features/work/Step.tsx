/** The next step of one referral: received in one tap, seen, closed. Each is a record of its own that points at the first. */
import { useState } from 'preact/hooks';
import { check, visible } from '../../rules/forms';
import type { Answers, Bundle, Rec, Value } from '../../store/api';
import { answered } from '../../ui/answers';
import { useApp, useOpen, useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { codeOf, sayCode } from '../../ui/codes';
import { Questions } from '../../ui/form';
import { Page } from '../../ui/frame';
import { sayDoor } from '../../ui/household';
import { formOf } from '../../ui/labels';
import { Note } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { REFERRAL } from './loops';
import { W } from './words';

interface Of {
  readonly bundle: Bundle;
  readonly record: Rec;
}

function useOf(id: string): Of | null {
  const { store } = useOpen();
  for (const bundle of store.bundles.value.values()) {
    const record = bundle.records.find((rec) => rec.id === id);
    if (record) return { bundle, record };
  }
  return null;
}

/** Starts where she most likely is: seen today. */
const begin = (id: string, today: string): Answers => ({ step: 'attended', of: id, attended_on: today });

function useSave({ bundle, record }: Of) {
  const { store } = useOpen();
  const { router, today } = useApp();
  const [code, setCode] = useState<string | null>(null);
  const save = async (answers: Answers): Promise<void> => {
    const { person, household } = record;
    try {
      await store.record({ form: REFERRAL, area: bundle.household.area, occurredOn: today.value, answers, ...(person ? { person } : {}), ...(household ? { household } : {}) });
      router.go('/work', 'replace');
    } catch (error) {
      setCode(codeOf(error));
    }
  };
  return { code, save };
}

function Step(of: Of) {
  const t = useT();
  const { today } = useApp();
  const { role } = useOpen().store.worker.value;
  const { bundle, record } = of;
  const [answers, setAnswers] = useState<Answers>(() => begin(record.id, today.value));
  const [tried, setTried] = useState(false);
  const { code, save } = useSave(of);
  const form = formOf(REFERRAL);
  if (!form) return null;
  const keys = visible(form, answers, role);
  const kept = Object.fromEntries(Object.entries(answers).filter(([key]) => keys.includes(key)));
  const findings = check(form, kept, today.value, role);
  const wrong = findings.some((found) => found.level === 'error');
  const on = (): void => {
    setTried(true);
    if (!wrong) void save(kept);
  };
  const answer = (key: string, value: Value | undefined): void => setAnswers(answered(answers, key, value));
  const name = bundle.persons.find((one) => one.id === record.person)?.name ?? '';
  const steps = [{ code: 'received', label: t(W.take) }, { code: 'attended', label: t(W.saw) }, { code: 'closed', label: t(W.close) }];
  const alert = code ?? (tried && wrong ? 'missing' : null);
  const foot = (
    <>
      {alert ? <div class="pad"><Note tone="late" icon="warn" role="alert">{code ? sayCode(t, code) : t(W.missing)}</Note></div> : null}
      <div class="bar"><button class="btn main wide" type="button" onClick={on}>{t(W.save)}</button></div>
    </>
  );
  return (
    <Page title={name} sub={`${sayDoor(t, bundle.household)}　${t(W.step)}`} parent="/work" foot={foot}>
      {typeof record.answers.reason === 'string' ? <Note icon="send">{record.answers.reason}</Note> : null}
      <PickOne legend={t(W.which)} choices={steps} value={typeof answers.step === 'string' ? answers.step : null} onPick={(step) => answer('step', step)} />
      <Questions form={form} answers={answers} role={role} findings={findings} tried={tried} without={['step', 'of']} onAnswer={answer} />
    </Page>
  );
}

export function StepPage({ id }: { id: string }) {
  const t = useT();
  const of = useOf(id);
  return of ? <Step {...of} /> : <Page title={t(W.gone)} parent="/work"><Empty icon="lost">{t(W.gone)}</Empty></Page>;
}
