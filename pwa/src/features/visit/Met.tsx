/** Step 1: met or not. */
import { answered } from '../../ui/answers';
import { Questions } from '../../ui/form';
import { formIn, remarks, VISIT, type VisitDraft, type Who } from './plan';
import type { Subject } from './who';

export interface StepProps {
  draft: VisitDraft;
  who: Who;
  subject: Subject;
  tried: boolean;
  change: (next: VisitDraft) => void;
  onAsk: (purpose: string) => void;
}

export function Met({ draft, who, tried, change }: StepProps) {
  const form = formIn(draft, VISIT);
  if (!form) return null;
  return (
    <Questions
      form={form} answers={draft.visit} role={who.role} tried={tried} only={['presence', 'declined']} tick={['declined']}
      findings={remarks(form, draft.visit, who)}
      onAnswer={(key, value) => change({ ...draft, visit: answered(draft.visit, key, value) })}
    />
  );
}
