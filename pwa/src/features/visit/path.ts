/** Which step follows which. Pure. */
import { met, VISIT, type Missing, type VisitDraft } from './plan';

export type Step = 'met' | 'did' | 'next' | 'ask';

export interface Problem {
  readonly missing: readonly Missing[];
  /** purposes not asked yet */
  readonly ask: readonly string[];
  /** how many records this would become */
  readonly records: number;
}

/** Where "on" leads from here; `stay` when something must be answered first. */
export function nextStep(step: Step, draft: VisitDraft, { missing, ask, records }: Problem): Step | 'finish' | 'stay' {
  if (step === 'met') return missing.some((f) => f.form === VISIT) ? 'stay' : met(draft) ? 'did' : 'next';
  if (missing.length > 0 || ask.length > 0 || records === 0) return 'stay';
  return step === 'did' && draft.kind === 'visit' ? 'next' : 'finish';
}
