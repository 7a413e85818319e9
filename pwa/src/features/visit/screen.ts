/** The questions before a pill, as this visit asks them, and what the hand-out learns of them. Pure. */
import type { Form } from '../../generated/rulebook';
import type { T } from '../../i18n/words';
import { check, referrals, visible } from '../../rules/forms';
import type { Answers, Rec, Value } from '../../store/api';
import { answered } from '../../ui/answers';
import { reasonOf, SUPPLY, unreferred } from './handout';
import { referred, type VisitDraft, type Who } from './plan';

/** Where a technician begins: whoever got this very pill before goes on with it. */
export function opening(form: Form, item: Value | undefined, records: readonly Rec[], who: Who): Answers {
  if (!visible(form, {}, who.role).includes('kind')) return {};
  const before = records.some((r) => r.form === SUPPLY && r.status === 'live' && r.answers.item === item && typeof r.answers.qty === 'number');
  return { kind: before ? 'resupply' : 'first' };
}

/** What stands against this pill today, and what calls for the technician besides. */
export const called = (form: Form, answers: Answers, who: Who) => referrals(form, answers, who.role);

const open = (form: Form, answers: Answers, who: Who): boolean =>
  check(form, answers, who.day, who.role).some((found) => found.level === 'error')
  || (answers.bp_done === 'measured' && (answers.bp_sys === undefined || answers.bp_dia === undefined));

/** One yes or "not sure" is enough for no pill today; "go on" is said only when nothing is open. */
export function verdict(form: Form, answers: Answers, who: Who): 'clear' | 'refer' | null {
  if (called(form, answers, who).some((rule) => rule.goes_on !== true)) return 'refer';
  return open(form, answers, who) ? null : 'clear';
}

/** The draft with one more answer: the hand-out goes on or not, and whatever calls for the technician is referred at once. */
export function screened(draft: VisitDraft, form: Form, who: Who, answers: Answers, t: T): VisitDraft {
  const keys = visible(form, answers, who.role);
  const kept = Object.fromEntries(Object.entries(answers).filter(([key]) => keys.includes(key)));
  const done = verdict(form, kept, who);
  const first = kept.kind === undefined ? draft.supply.first_use : kept.kind === 'first' || undefined;
  const supply = answered(answered(draft.supply, 'screen', done ?? undefined), 'first_use', first);
  const next: VisitDraft = { ...draft, supply, screen: { answers: kept, whole: !open(form, kept, who), form } };
  const now = called(form, kept, who);
  if (now.length > 0) return referred(next, now, reasonOf(now, t));
  return draft.screen && called(form, draft.screen.answers, who).length > 0 ? unreferred(next) : next;
}
