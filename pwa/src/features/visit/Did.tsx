/** Step 2: what was done. A deed opens its questions once she has agreed to them being kept. */
import type { Value } from '../../store/api';
import { useT } from '../../ui/app';
import { PickMany } from '../../ui/choices';
import { answered } from '../../ui/answers';
import { Questions } from '../../ui/form';
import type { Sure } from '../../ui/look';
import { sayPurpose } from '../../ui/record';
import { both } from '../../i18n/words';
import { Icon, Note } from '../../ui/signs';
import { Calls } from './Calls';
import type { StepProps } from './Met';
import { allowed, asked, DEEDS, deedsOf, formIn, purposeOf, remarks, VISIT, writes, yearRemarks, type Deed } from './plan';
import { BEFORE, Handout } from './Handout';
import { unreferred } from './handout';
import { knownMethod } from './suggest';
import { plain } from '../../ui/plain';
import { W } from './words';

/** Asked elsewhere: presence before, the next visit after; deeds stand on top. */
const ELSEWHERE = ['presence', 'declined', 'purpose', 'visit_again'];
/** Said with one tap, and silence means no. */
const TICKS = ['declined', 'counselled', 'choice_ok', 'first_use', 'talk', 'help', 'changed_health'];
/** Seldom needed: folded away, so that the usual visit stays short. */
const SELDOM: Readonly<Partial<Record<Deed, readonly string[]>>> = { supply: ['no_supply', 'point'] };
/** Asked by this page in its own way, or answered by it. */
const OWN: Readonly<Partial<Record<Deed, readonly string[]>>> = { supply: ['item', 'lot', 'expiry', 'qty', 'screen', ...BEFORE], referral: ['step'] };
const SELDOM_VISIT = ['how', 'needs', 'materials'];

/** A follow-up begins with what is known of her method; she only has to confirm it. */
function withDeeds({ draft, subject, who }: StepProps, codes: readonly string[]): StepProps['draft'] {
  const kept = codes.filter((code) => code !== 'referral');
  const fresh = kept.includes('followup') && Object.keys(draft.followup).length === 0;
  return {
    ...draft, refer: codes.includes('referral'),
    visit: answered(draft.visit, 'purpose', kept.length > 0 ? kept : undefined),
    followup: fresh ? knownMethod(subject.records, who.day) : draft.followup,
  };
}

function Deeds(props: StepProps) {
  const t = useT();
  const { draft, change } = props;
  const purpose = formIn(draft, VISIT)?.fields.find((f) => f.key === 'purpose');
  const picked = [...(Array.isArray(draft.visit.purpose) ? draft.visit.purpose.filter((v): v is string => typeof v === 'string') : []), ...(draft.refer ? ['referral'] : [])];
  const mine = (code: string): boolean => (code in DEEDS ? writes(DEEDS[code as Deed], props.who.role) : draft.kind === 'visit');
  const choices = [...(purpose?.options ?? []).map((o) => ({ code: o.code, label: t(both(o)) })), { code: 'referral', label: t(W.referDeed) }].filter((c) => mine(c.code));
  return <PickMany legend={purpose ? t(both(purpose)) : ''} choices={choices} value={picked} onPick={(codes) => change(withDeeds(props, codes))} />;
}

interface DeedProps extends StepProps {
  deed: Deed;
}

function AskFirst({ deed, who, onAsk, said }: DeedProps & { said: 'declined' | 'unasked' }) {
  const t = useT();
  const purpose = purposeOf(deed) ?? '';
  if (!allowed(deed, who)) return <Note tone="late" icon="warn">{t(W.young)}</Note>;
  return (
    <Note icon="lost">
      {said === 'unasked' ? <p>{t(W.askWhy, { purpose: sayPurpose(t, purpose) })}</p> : <p>{t(W.saidNo)}{deed === 'supply' ? ` ${t(W.supplyAnyway)}` : ''}</p>}
      <button class={said === 'unasked' ? 'btn main' : 'btn bare'} type="button" onClick={() => onAsk(purpose)}>{t(said === 'unasked' ? W.askHer : W.changeMind)}</button>
    </Note>
  );
}

function DeedQuestions(props: DeedProps) {
  const t = useT();
  const { deed, draft, who, tried, change } = props;
  const form = formIn(draft, DEEDS[deed]);
  const onAnswer = (key: string, value: Value | undefined): void => change({ ...draft, [deed]: answered(draft[deed], key, value) });
  if (!form) return null;
  const seldom = SELDOM[deed] ?? [];
  const common = { form, answers: draft[deed], role: who.role, tried, tick: TICKS, onAnswer, findings: remarks(form, draft[deed], who), sure: draft.sure, onSure: (sure: Sure) => change({ ...draft, sure }) };
  const { declined } = draft.supply;
  return (
    <>
      {deed === 'supply' && declined !== true ? <Handout {...props} form={form} /> : null}
      <Questions {...common} without={[...seldom, ...(OWN[deed] ?? [])]} />
      {deed === 'referral' ? <button class="btn bare" type="button" onClick={() => change(unreferred(draft))}>{t(W.unrefer)}</button> : null}
      {seldom.length > 0 ? <details><summary>{t(W.noSupply)}</summary><div class="stack"><Questions {...common} only={seldom} /></div></details> : null}
    </>
  );
}

function OneDeed(props: DeedProps) {
  const t = useT();
  const { deed, draft, who, subject } = props;
  const form = formIn(draft, DEEDS[deed]);
  const state = asked(draft, who, purposeOf(deed));
  const open = allowed(deed, who) && (state === 'given' || (state === 'declined' && deed === 'supply'));
  return (
    <section class="deed stack" aria-label={form ? t(both(form)) : ''}>
      <h2>{form ? t(both(form)) : ''}</h2>
      {state === 'given' && allowed(deed, who) ? null : <AskFirst {...props} said={state === 'declined' ? 'declined' : 'unasked'} />}
      {open ? <DeedQuestions {...props} /> : null}
      {deed === 'supply' ? yearRemarks(draft, subject.records.map(plain), who).map(([note, sum]) => (
        <p class="small soft" key={note.id}><Icon name="box" /> {t(both(note), { sum })}</p>
      )) : null}
    </section>
  );
}

export function Did(props: StepProps) {
  const t = useT();
  const { draft, who, tried, change } = props;
  const form = formIn(draft, VISIT);
  const common = form ? { form, answers: draft.visit, role: who.role, tried, tick: TICKS, findings: remarks(form, draft.visit, who) } : null;
  const onAnswer = (key: string, value: Value | undefined): void => change({ ...draft, visit: answered(draft.visit, key, value) });
  return (
    <>
      {draft.kind === 'handout' ? null : <Deeds {...props} />}
      {deedsOf(draft).map((deed) => <OneDeed key={deed} {...props} deed={deed} />)}
      {common && draft.kind === 'visit' ? (
        <>
          <Questions {...common} onAnswer={onAnswer} without={[...ELSEWHERE, ...SELDOM_VISIT]} />
          <details><summary>{t(W.more)}</summary><div class="stack"><Questions {...common} onAnswer={onAnswer} only={SELDOM_VISIT} /></div></details>
        </>
      ) : null}
      <Calls {...props} />
    </>
  );
}
