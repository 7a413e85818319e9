/**
 * One visit as it is being written, and the records it becomes. Pure: the page keeps it as a draft, the store records it whole.
 * Health answers need her consent for their purpose; a hand-out goes on without it, as a stock movement without a person.
 */
import type { Finding, Form } from '../../generated/rulebook';
import { check, mayWrite, referrals, visible, yearNotes } from '../../rules/forms';
import type { Answers, NewRecord, Value } from '../../store/api';
import { answered } from '../../ui/answers';
import { formOf } from '../../ui/labels';
import type { Sure } from '../../ui/look';

export type Deed = 'followup' | 'supply' | 'referral';

export const DEEDS: Readonly<Record<Deed, string>> = {
  followup: 'contraceptive_followup', supply: 'contraceptive_supply', referral: 'referral',
};
export const DEED_ORDER: readonly Deed[] = ['followup', 'supply', 'referral'];
export const VISIT = 'household_visit';

/** What she said when she was asked during this visit; the answers of a consent record. */
export type Said = Answers;

/** A hand-out at the worker's own door, and a service at the health centre, are no household visit. */
export type Kind = 'visit' | 'handout' | 'service';

/** The questions before a pill. `whole`: none is open, so they can be kept as a record. */
export interface Screened {
  readonly answers: Answers;
  readonly whole: boolean;
  /** as they were asked; absent from drafts of an older app */
  readonly form?: Form;
}

export interface VisitDraft {
  /** ms, when the draft was begun */
  readonly begun: number;
  readonly kind: Kind;
  readonly visit: Answers;
  readonly refer: boolean;
  readonly followup: Answers;
  readonly supply: Answers;
  readonly referral: Answers;
  /** by purpose */
  readonly said: Readonly<Record<string, Said>>;
  /** absent from drafts of an older app, as are the next two */
  readonly screen?: Screened | null;
  /** the forms as they were when she began */
  readonly forms?: Readonly<Record<string, Form>>;
  /** what is unusual and was looked at again */
  readonly sure?: Sure;
}

export interface Who {
  readonly person: string;
  readonly household: string | null;
  readonly area: string;
  readonly birth: Value | undefined;
  readonly role: string;
  /** the day of the visit */
  readonly day: string;
  /** purpose → given, declined, withdrawn, expired */
  readonly standing: Readonly<Record<string, string>>;
  /** this phone's clock may be off: what it takes for expired is said, not refused */
  readonly doubt?: boolean;
}

export const emptyDraft = (begun: number, kind: Kind, here = (form: Form): Form => form): VisitDraft => ({
  begun, kind, refer: false, followup: {}, referral: { step: 'sent' }, said: {},
  visit: {}, supply: {}, forms: Object.fromEntries([VISIT, ...Object.values(DEEDS)].flatMap((id) => formOf(id) ?? []).map((form) => [form.id, here(form)])),
});

/** What was begun goes on in its own forms, also after an update brought another version of one. */
export const formIn = ({ forms }: Pick<VisitDraft, 'forms'>, id: string): Form | undefined => forms?.[id] ?? formOf(id);

/** Whether one of its forms has changed since. */
export const older = ({ forms = {} }: VisitDraft): boolean => Object.values(forms).some((form) => form.version !== formOf(form.id)?.version);

const listed = (value: Value | undefined): string[] => (Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : []);

/** What is being done, in the order it is asked. */
export function deedsOf(draft: VisitDraft): Deed[] {
  if (draft.kind === 'handout') return draft.refer ? ['supply', 'referral'] : ['supply'];
  const done = listed(draft.visit.purpose);
  return DEED_ORDER.filter((deed) => (deed === 'referral' ? draft.refer : done.includes(deed)) && (draft.kind === 'service' || met(draft)));
}

export const met = (draft: VisitDraft): boolean => draft.visit.presence === 'met' && draft.visit.declined !== true;

export const purposeOf = (deed: Deed): string | null => formOf(DEEDS[deed])?.consent ?? null;

/** Whether she has agreed, has said no, or has still to be asked. Today's answer wins over older ones. */
export function asked(draft: VisitDraft, who: Who, purpose: string | null): 'given' | 'declined' | 'unasked' {
  if (purpose === null) return 'given';
  const now = draft.said[purpose]?.decision;
  if (now === 'given' || now === 'declined') return now;
  return who.standing[purpose] === 'given' ? 'given' : 'unasked';
}

/** Whether the rulebook gives this form to her role at all. */
export const writes = (form: string, role: string): boolean => formOf(form)?.writers.includes(role) ?? false;

/** Whether this worker fills in this form about a person of this age. */
export function allowed(deed: Deed, who: Who): boolean {
  const form = formOf(DEEDS[deed]);
  return form !== undefined && mayWrite(form, who.role, who.birth, who.day);
}

/** The deeds whose answers will be kept; a hand-out is kept without her when she declines. */
export const keptDeeds = (draft: VisitDraft, who: Who): Deed[] =>
  deedsOf(draft).filter((deed) => {
    if (!allowed(deed, who)) return false;
    const answer = asked(draft, who, purposeOf(deed));
    return answer === 'given' || (answer === 'declined' && deed === 'supply');
  });

/** Purposes still to be asked before this visit can be recorded. */
export const unasked = (draft: VisitDraft, who: Who): string[] => [
  ...new Set(deedsOf(draft).filter((deed) => allowed(deed, who)).flatMap((deed) => {
    const purpose = purposeOf(deed);
    return purpose !== null && asked(draft, who, purpose) === 'unasked' ? [purpose] : [];
  })),
];

/** Answers to questions that are still asked; an answer given before she went back is kept in the draft, not in the record. */
export function askedAnswers(form: Form, answers: Answers, role: string): Answers {
  const keys = new Set([...visible(form, answers, role), ...form.fields.filter((f) => f.type === 'ref').map((f) => f.key)]);
  return Object.fromEntries(Object.entries(answers).filter(([key]) => keys.has(key)));
}

/** All remarks on the questions that are asked. */
export const remarks = (form: Form, answers: Answers, who: Who): Finding[] =>
  check(form, askedAnswers(form, answers, who.role), who.day, who.role).map((f) => (who.doubt && f.code === 'past' ? { ...f, level: 'warn' } : f));

export interface Missing extends Finding {
  readonly form: string;
}

/** The errors that stand in the way of recording, by form; warnings never do. */
export function errorsAnywhere(draft: VisitDraft, who: Who): Missing[] {
  const visit: [string, Answers][] = draft.kind === 'visit' ? [[VISIT, draft.visit]] : [];
  const forms = [...visit, ...keptDeeds(draft, who).map((deed): [string, Answers] => [DEEDS[deed], draft[deed]])];
  return forms.flatMap(([id, answers]) => {
    const form = formIn(draft, id);
    return form ? remarks(form, answers, who).filter((f) => f.level === 'error').map((f) => ({ ...f, form: id })) : [];
  });
}

/** Words and urgency of everything in this visit that calls for the technician. */
export function calls(draft: VisitDraft, who: Who) {
  const forms: [string, Answers][] = [[VISIT, draft.visit], ...deedsOf(draft).map((deed): [string, Answers] => [DEEDS[deed], draft[deed]])];
  return forms.flatMap(([id, answers]) => {
    const form = formIn(draft, id);
    return form && id !== DEEDS.referral ? referrals(form, answers, who.role) : [];
  });
}

/** The draft with a referral begun from what called for it; pills and the like are then not handed out here. */
export function referred(draft: VisitDraft, called: readonly { urgency?: string; field: string }[], reason: string): VisitDraft {
  const urgency = ['emergency', 'soon', 'routine'].find((word) => called.some((rule) => rule.urgency === word)) ?? 'routine';
  const supply: Answers = called.some((rule) => rule.field === 'item') ? { ...draft.supply, no_supply: 'referred' } : draft.supply;
  return { ...draft, refer: true, supply, referral: { ...draft.referral, step: 'sent', urgency, reason } };
}

/** Soft remarks on what she got this year, this hand-out included; they never refuse anything. */
export function yearRemarks(draft: VisitDraft, records: readonly object[], who: Who) {
  const form = formIn(draft, DEEDS.supply);
  return form && deedsOf(draft).includes('supply') ? yearNotes(form, draft.supply, records as never, who.day) : [];
}

function consents(draft: VisitDraft, who: Who): NewRecord[] {
  return Object.values(draft.said).flatMap((answers) => recordOf(formOf('consent'), answers, who, true));
}

function recordOf(form: Form | undefined, answers: Answers, who: Who, hers: boolean): NewRecord[] {
  if (!form) return [];
  const base = { form: form.id, version: form.version, area: who.area, occurredOn: who.day, answers: askedAnswers(form, answers, who.role) };
  return [hers ? { ...base, person: who.person, ...(who.household ? { household: who.household } : {}) } : base];
}

/** What was done, without what she declined to have kept under her name. */
function visitAnswers(draft: VisitDraft, who: Who): Answers {
  const named = (code: string): boolean =>
    code !== 'followup' && code !== 'supply' ? true : allowed(code, who) && asked(draft, who, purposeOf(code)) === 'given';
  const purpose = listed(draft.visit.purpose).filter(named);
  return answered(draft.visit, 'purpose', purpose.length > 0 ? purpose : undefined);
}

/** Her answers are kept only if she agreed to a service record; that they were asked stands with the hand-out. */
function screens({ screen, ...draft }: VisitDraft, who: Who): NewRecord[] {
  if (!screen?.whole || asked(draft, who, 'service_record') !== 'given') return [];
  const { answers, form = formOf('pill_screen') } = screen;
  return recordOf(form, {}, who, true).map((record) => ({ ...record, answers }));
}

/** The records of this visit, in the order they are written: consent first, so that nothing stands before it. */
export function inputs(draft: VisitDraft, who: Who): NewRecord[] {
  const visit = draft.kind === 'visit' ? recordOf(formIn(draft, VISIT), visitAnswers(draft, who), who, true) : [];
  const deeds = keptDeeds(draft, who).flatMap((deed) => recordOf(formIn(draft, DEEDS[deed]), draft[deed], who, asked(draft, who, purposeOf(deed)) === 'given'));
  return [...consents(draft, who), ...visit, ...screens(draft, who), ...deeds];
}
