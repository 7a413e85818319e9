/** Step 3: the next time, and all that is about to be kept, in words. */
import { answered } from '../../ui/answers';
import { Questions } from '../../ui/form';
import type { Rec } from '../../store/api';
import { useT } from '../../ui/app';
import { sayMore, sayRecord } from '../../ui/record';
import { Mark } from '../../ui/signs';
import type { StepProps } from './Met';
import { formIn, inputs, remarks, VISIT } from './plan';
import { W } from './words';

export function Next({ draft, who, tried, change }: StepProps) {
  const t = useT();
  const form = formIn(draft, VISIT);
  return (
    <>
      {form ? (
        <Questions
          form={form} answers={draft.visit} role={who.role} tried={tried} only={['visit_again']} findings={remarks(form, draft.visit, who)}
          onAnswer={(key, value) => change({ ...draft, visit: answered(draft.visit, key, value) })}
        />
      ) : null}
      <h2>{t(W.summary)}</h2>
      <ul class="card">
        {inputs(draft, who).map((input, i) => (
          <li class="row slim" key={i}><Mark at="draft" /><span class="grow">{sayRecord(t, input as unknown as Rec, who.day)} <small class="soft">{sayMore(t, input as unknown as Rec, who.day)}</small></span>
            {input.person ? null : <small class="soft">{t(W.unnamed)}</small>}</li>
        ))}
      </ul>
    </>
  );
}
