/** One form about one person: which ones she may write, and the records it becomes. Pure. */
import type { Form } from '../../generated/rulebook';
import { check, mayWrite, referrals, visible } from '../../rules/forms';
import type { Answers, NewRecord, Rec, VagueDate, Value } from '../../store/api';
import type { Sure } from '../../ui/look';

/** What a visit or a service asks already. */
const ELSEWHERE: readonly string[] = ['consent', 'contraceptive_followup', 'contraceptive_supply', 'household_visit', 'referral'];
/** A referral's own limit. */
const LONGEST = 200;

export interface About {
  readonly person: string;
  readonly household: string | null;
  readonly area: string;
  readonly role: string;
  readonly day: string;
  readonly birth?: VagueDate | undefined;
}

/** What she has answered so far, in the form as it was when she began. */
export interface Draft {
  readonly form: Form;
  readonly answers: Answers;
  readonly refer: boolean;
  /** what is unusual and was looked at again */
  readonly sure: Sure;
}

/** What was begun goes on in its own form, also after an update brought another version of it. */
export const resumed = (kept: Value | undefined, today: Form): Draft => ({ form: today, answers: {}, refer: false, sure: [], ...(kept as object | undefined) });

/** The forms of this role about a person, in the rulebook's order; an unknown birth keeps none away. */
export const writable = (forms: readonly Form[], role: string, birth: unknown, day: string): Form[] =>
  forms.filter((form) => form.subject !== 'place' && !ELSEWHERE.includes(form.id) && mayWrite(form, role, birth, day));

/** Answers to questions that are still asked, references with them. */
export function askedAnswers(form: Form, answers: Answers, role: string): Answers {
  const asked = new Set(visible(form, answers, role));
  return Object.fromEntries(Object.entries(answers).filter(([key]) => asked.has(key)));
}

export const remarks = (form: Form, answers: Answers, { role, day, birth }: About) => check(form, askedAnswers(form, answers, role), day, role, birth);

/** What in these answers calls for someone else, the most urgent first. */
export const calls = (form: Form, answers: Answers, role: string) => {
  const order = ['emergency', 'soon', 'routine'];
  return [...referrals(form, answers, role)].sort((a, b) => order.indexOf(a.urgency ?? '') - order.indexOf(b.urgency ?? ''));
};

/** The reference that is asked for: which earlier record this one continues. */
export const refAsked = (form: Form, answers: Answers, role: string): string | undefined =>
  form.fields.find((field) => field.type === 'ref' && field.required && visible(form, answers, role).includes(field.key))?.key;

/** Her first records of this form, the newest first: those that continue no other. */
export const firsts = (form: Form, records: readonly Rec[]): Rec[] =>
  records.filter((rec) => rec.form === form.id && rec.status === 'live' && !rec.seenAs && rec.answers.of === undefined)
    .sort((a, b) => (a.occurredOn < b.occurredOn ? 1 : -1));

/** The record, and with `reason` a referral after it. */
export function inputs(form: Form, answers: Answers, about: About, reason: string | null): NewRecord[] {
  const { person, household, area, role, day } = about;
  const base = { area, occurredOn: day, person, ...(household ? { household } : {}) };
  const own: NewRecord = { ...base, form: form.id, version: form.version, answers: askedAnswers(form, answers, role) };
  if (reason === null) return [own];
  const urgency = calls(form, answers, role)[0]?.urgency ?? 'routine';
  return [own, { ...base, form: 'referral', answers: { step: 'sent', urgency, reason: [...reason].slice(0, LONGEST).join('') } }];
}
