/** One flow: met or not, what was done, next time. Each step has its address, so the phone's back key goes one step back. */
import { useState } from 'preact/hooks';
import { useApp, useOpen, useT } from '../../ui/app';
import { Steps } from '../../ui/choices';
import { codeOf } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { sayDoor } from '../../ui/household';
import { Mark } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { Ask } from './Ask';
import { Did } from './Did';
import { Foot } from './Foot';
import { Met } from './Met';
import { Next } from './Next';
import { draftKey, useDraft } from './useDraft';
import { errorsAnywhere, emptyDraft, inputs, met, unasked, type VisitDraft } from './plan';
import { roleIn, subjectOf, whoOf, type Subject } from './who';
import { W } from './words';

export type Step = 'met' | 'did' | 'next' | 'ask';

const STEPS: readonly Step[] = ['met', 'did', 'next'];

function Saved({ at }: { at: string | null }) {
  const t = useT();
  return <p class="small nb" role="status"><Mark at="draft" /> {at ? t(W.draftAt, { hour: at }) : t(W.draft)}</p>;
}

/** Writes the whole visit in one transaction, once. */
function useFinish(draft: VisitDraft, key: string) {
  const { store } = useOpen();
  const { router } = useApp();
  const [state, setState] = useState<{ busy: boolean; code: string | null }>({ busy: false, code: null });
  const finish = async (who: ReturnType<typeof whoOf>): Promise<void> => {
    if (state.busy) return;
    setState({ busy: true, code: null });
    try {
      await store.recordAll(inputs(draft, who), key);
      router.go(`/?done=${who.person}`, 'replace');
    } catch (error) {
      setState({ busy: false, code: codeOf(error) });
    }
  };
  return { ...state, finish };
}

function Flow({ subject, step, kind }: { subject: Subject; step: Step; kind: VisitDraft['kind'] }) {
  const t = useT();
  const { today, router, now } = useApp();
  const { store } = useOpen();
  const { id, name } = subject.person;
  const worker = store.worker.value;
  const who = whoOf(subject, roleIn(worker.areas, subject.bundle.household.area, worker.role), today.value);
  const key = draftKey(kind, id);
  const { draft, savedAt, change } = useDraft(key, () => emptyDraft(now(), kind));
  const [tried, setTried] = useState(false);
  const { busy, code, finish } = useFinish(draft, key);
  const suffix = kind === 'handout' ? '?do=supply' : '';
  const to = (next: Step, how: 'push' | 'replace' = 'push'): void => {
    setTried(false);
    router.go(`/visit/${id}/${next}${suffix}`, how);
  };
  const problem = { missing: errorsAnywhere(draft, who), ask: unasked(draft, who) };
  const props = { draft, who, subject, change, tried, onAsk: (purpose: string) => router.go(`/visit/${id}/ask?for=${purpose}${suffix.replace('?', '&')}`) };
  if (step === 'ask') return <Ask {...props} onDone={() => router.back(`/visit/${id}/did${suffix}`)} />;
  const onNext = (): void => {
    const here = step === 'met' ? problem.missing.filter((f) => f.form === 'household_visit') : problem.missing;
    if (here.length > 0 || (step === 'did' && problem.ask.length > 0)) return setTried(true);
    if (step === 'met') return to(met(draft) ? 'did' : 'next');
    if (step === 'did' && kind === 'visit') return to('next');
    void finish(who);
  };
  const foot = <Foot kind={kind} step={step} draft={draft} busy={busy} code={code} problem={tried ? problem : null} onBack={() => router.back(`/person/${id}`)} onNext={onNext} />;
  const title = kind === 'handout' ? t(W.handout) : name;
  const sub = kind === 'handout' ? `${name}　${sayDoor(t, subject.bundle.household)}` : `${sayDoor(t, subject.bundle.household)}　${t(W.title)}`;
  const bar = kind === 'visit' ? <Steps label={t(W.steps)} steps={[t(W.met), t(W.did), t(W.next)]} at={STEPS.indexOf(step)} /> : null;
  const leave = { label: t(W.aside), go: () => router.go(`/person/${id}`, 'replace') };
  return (
    <Page title={title} sub={sub} leave={leave} right={<Saved at={savedAt} />} under={bar} foot={foot}>
      {step === 'met' ? <Met {...props} /> : step === 'did' ? <Did {...props} /> : <Next {...props} />}
    </Page>
  );
}

export function VisitPage({ id, step }: { id: string; step: string }) {
  const t = useT();
  const { router } = useApp();
  const { store } = useOpen();
  void store.bundles.value;
  const subject = subjectOf(store.bundleOf(id), id);
  if (!subject) return <Page title={t(W.gone)} parent="/people"><Empty icon="people">{t(W.gone)}</Empty></Page>;
  const kind = router.place.value.query.get('do') === 'supply' ? 'handout' : 'visit';
  const known: Step = step === 'did' || step === 'next' || step === 'ask' ? step : 'met';
  return <Flow subject={subject} step={known} kind={kind} key={kind} />;
}
