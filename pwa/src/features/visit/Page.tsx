/** One flow: met or not, what was done, next time. Each step has its address, so the phone's back key goes one step back. */
import { useEffect, useState } from 'preact/hooks';
import { useApp, useOpen, useT } from '../../ui/app';
import { Steps } from '../../ui/choices';
import { inDoubt } from '../../ui/doubt';
import { lazy } from '../../ui/lazy';
import { Page } from '../../ui/frame';
import { Gone } from '../../ui/gone';
import { sayDoor } from '../../ui/household';
import { useLook } from '../../ui/look';
import { Older } from '../../ui/older';
import { Mark } from '../../ui/signs';
import { formHere } from '../../ui/whole';
import { Did } from './Did';
import { doubts } from './doubts';
import { useFinish } from './finish';
import { Foot } from './Foot';
import { WithLots } from './Handout';
import { Met } from './Met';
import { Next } from './Next';
import { nextStep, type Step } from './path';
import { emptyDraft, errorsAnywhere, inputs, older, unasked, VISIT, writes, type Kind, type VisitDraft, type Who } from './plan';
import { draftKey, useDraft } from './useDraft';
import { roleIn, subjectOf, whoOf, type Subject } from './who';
import { W } from './words';

const Ask = lazy(() => import('./Ask').then((m) => m.Ask));

const STEPS: readonly Step[] = ['met', 'did', 'next'];

/** How the address says what kind of meeting this is. */
const MARKS: Readonly<Record<Kind, string>> = { visit: '', handout: 'do=supply', service: 'do=service' };
const KINDS: Readonly<Record<string, Kind>> = { supply: 'handout', service: 'service' };

function Saved({ at }: { at: string | null }) {
  const t = useT();
  return <p class="small nb" role="status"><Mark at="draft" /> {at ? t(W.draftAt, { hour: at }) : t(W.draft)}</p>;
}

interface FlowProps {
  subject: Subject;
  step: Step;
  kind: Kind;
}

/** The steps' addresses, and whether she may go on from here. */
function useWay({ subject, step, kind }: FlowProps, draft: VisitDraft, who: Who) {
  const { router } = useApp();
  const [tried, setTried] = useState(false);
  const look = useLook();
  const { id } = subject.person;
  const mark = MARKS[kind];
  const address = (to: Step, more = ''): string => `/visit/${id}/${to}${['', [mark, more].filter(Boolean).join('&')].join('?').replace(/\?$/, '')}`;
  const problem = { missing: errorsAnywhere(draft, who), ask: unasked(draft, who), records: inputs(draft, who).length };
  const open = step === 'did' ? doubts(draft, who) : [];
  const on = (finish: () => void): void => {
    const next = nextStep(step, draft, problem);
    setTried(next === 'stay');
    if (next !== 'stay' && look.holds(open)) return;
    if (next === 'finish') finish();
    else if (next !== 'stay') router.go(address(next));
  };
  return {
    tried, on, problem: tried ? problem : null, looks: look.asks(open),
    back: () => router.back(`/person/${id}`),
    aside: () => router.go(`/person/${id}`, 'replace'),
    ask: (purpose: string) => router.go(address('ask', `for=${purpose}`)),
    asked: () => router.back(address('did')),
  };
}

function Flow(flow: FlowProps) {
  const t = useT();
  const { today, now } = useApp();
  const { store } = useOpen();
  const worker = store.worker.value;
  const { subject, step, kind } = flow;
  const { household } = subject.bundle;
  const who = { ...whoOf(subject, roleIn(worker.areas, household.area, worker.role), today.value), doubt: inDoubt(store.status.value) };
  useEffect(() => void WithLots.early().catch(() => undefined), []);
  const key = draftKey(kind, who.person);
  const { draft, savedAt, change } = useDraft(key, () => emptyDraft(now(), kind, (form) => formHere(form, store.countyDays.value)));
  const { keeping, code, finish } = useFinish(draft, key);
  const way = useWay(flow, draft, who);
  const props = { draft, who, subject, change, tried: way.tried, onAsk: way.ask };
  if (step === 'ask') return <Ask {...props} onDone={way.asked} />;
  const plain = kind !== 'visit';
  const [title, more] = plain ? [t(kind === 'handout' ? W.handout : W.service), subject.person.name] : [subject.person.name, t(W.title)];
  const bar = plain ? null : <Steps label={t(W.steps)} steps={[t(W.met), t(W.did), t(W.next)]} at={STEPS.indexOf(step)} />;
  const foot = <Foot kind={kind} step={step} draft={draft} keeping={keeping} code={code} problem={way.problem} looks={way.looks} onBack={way.back} onNext={() => way.on(() => void finish(who))} />;
  return (
    <Page title={title} sub={`${sayDoor(t, household)}　${more}`} leave={{ label: t(W.aside), go: way.aside }} right={<Saved at={savedAt} />} under={bar} foot={foot}>
      {older(draft) ? <Older /> : null}
      {step === 'met' ? <Met {...props} /> : step === 'did' ? <Did {...props} /> : <Next {...props} />}
    </Page>
  );
}

export function VisitPage({ id, step }: { id: string; step: string }) {
  const { router } = useApp();
  const { store } = useOpen();
  void store.bundles.value;
  const subject = subjectOf(store.bundleOf(id), id);
  if (!subject) return <Gone />;
  const { areas, role } = store.worker.value;
  const visits = writes(VISIT, roleIn(areas, subject.bundle.household.area, role));
  const kind = KINDS[router.place.value.query.get('do') ?? ''] ?? (visits ? 'visit' : 'service');
  const known: Step = step === 'did' || step === 'next' || step === 'ask' ? step : kind === 'visit' ? 'met' : 'did';
  return <Flow subject={subject} step={known} kind={kind} key={kind} />;
}
