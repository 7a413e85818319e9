/** Back and on, in the thumb's reach; what is missing is said here, and marked where it is missing. */
import type { ReadonlySignal } from '@preact/signals';
import { both } from '../../i18n/words';
import { useT } from '../../ui/app';
import { sayCode } from '../../ui/codes';
import { sayPurpose } from '../../ui/record';
import { LOOK } from '../../ui/remarks';
import { Icon, Note } from '../../ui/signs';
import type { Keeping } from './finish';
import { DEEDS, formIn, met, type Kind, type VisitDraft } from './plan';
import type { Problem, Step } from './path';
import { W } from './words';

export interface FootProps {
  kind: Kind;
  step: Step;
  draft: VisitDraft;
  keeping: ReadonlySignal<Keeping>;
  code: string | null;
  /** Shown after she tried to go on. */
  problem: Problem | null;
  /** Held up once by a number that is unusual. */
  looks: boolean;
  onBack: () => void;
  onNext: () => void;
}

/** What keeps her here, the first of it. */
function useSaid({ problem, code, looks }: FootProps): string | null {
  const t = useT();
  const ask = problem?.ask[0];
  if (code) return sayCode(t, code);
  if (ask) return t(W.missingAsk, { purpose: sayPurpose(t, ask) });
  if (problem && problem.missing.length > 0) return t(W.missing);
  if (problem?.records === 0) return t(W.nothing);
  return looks ? t(LOOK) : null;
}

function useOnWords({ kind, step, draft, keeping }: FootProps): string {
  const t = useT();
  if (keeping.value !== 'open') return t(keeping.value === 'kept' ? W.kept : W.saving);
  if (kind === 'handout') {
    const item = formIn(draft, DEEDS.supply)?.fields.find((f) => f.key === 'item')?.options?.find((o) => o.code === draft.supply.item);
    if (typeof draft.supply.qty !== 'number') return t(W.save);
    return t(W.saveSupply, { n: draft.supply.qty, unit: item?.unit ? t(both(item.unit)) : '' });
  }
  if (kind === 'service') return t(W.save);
  if (step === 'met' && draft.visit.presence === undefined) return t(W.on);
  if (step === 'met') return t(met(draft) ? W.toDid : W.toNext);
  return t(step === 'did' ? W.toNext : W.save);
}

function On(props: FootProps) {
  const at = props.keeping.value;
  return <button class="btn main wide" type="button" disabled={at === 'busy'} onClick={props.onNext}>{at === 'kept' ? <Icon name="check" /> : null}{useOnWords(props)}</button>;
}

export function Foot(props: FootProps) {
  const t = useT();
  const said = useSaid(props);
  return (
    <>
      {said ? <div class="pad"><Note tone="late" icon="warn" role="alert">{said}</Note></div> : null}
      <div class="bar">
        {props.step === 'met' || props.kind !== 'visit' ? null : <button class="btn" type="button" onClick={props.onBack}>{t(W.back)}</button>}
        <On {...props} />
      </div>
    </>
  );
}
