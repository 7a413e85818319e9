/** What this visit would keep that is out of the usual range, and that nobody has looked at again. Pure. */
import type { Form } from '../../generated/rulebook';
import type { Answers } from '../../store/api';
import { unsure } from '../../ui/look';
import { DEEDS, formIn, keptDeeds, remarks, type VisitDraft, type Who } from './plan';

/** The marks of `ui/look`, over the deeds and the questions before a pill. */
export function doubts(draft: VisitDraft, who: Who): string[] {
  const deeds = keptDeeds(draft, who).map((deed): [Form | undefined, Answers] => [formIn(draft, DEEDS[deed]), draft[deed]]);
  const screen: [Form | undefined, Answers][] = draft.screen ? [[draft.screen.form, draft.screen.answers]] : [];
  return [...deeds, ...screen].flatMap(([form, answers]) => (form ? unsure(form, answers, remarks(form, answers, who), draft.sure) : []));
}
