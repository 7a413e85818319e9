/** Read a form: which questions are asked, what is wrong or unusual in the answers, who may see the record. Twin of server/rules/forms.py. */
import { answersOf, holds, isNote, whole } from './conditions';
import * as dates from './dates';
import { fault, misshapen, unanswered } from './fields';
import { limits } from './limits';
import { byCodeUnit, isPlain, own, table } from './own';
import type { AgeNote, Field, Finding, Form, Plain, Rule, YearNote } from './shapes';

/** All remarks, in the form's order, then unknown keys, then the form's rules; the twin lists the codes. `today` is the record's day. */
export function check(form: Form, answers: unknown, today: string, role?: string, birth?: unknown): Finding[] {
  if (!isPlain(answers)) return [remark('', 'type')];
  const found: Finding[] = [];
  const good = table<unknown>();
  for (const field of form.fields) {
    const value = own(answers, field.key);
    const code = fault(field, value, asked(field, good, role));
    if (code !== null) found.push(remark(field.key, code));
    else if (!unanswered(value)) {
      good[field.key] = value;
      found.push(...limits(field, value, good, today, birth).map((passed) => remark(field.key, passed)));
    }
  }
  const known = new Set(form.fields.map((field) => field.key));
  const strange = Object.keys(answers).filter((key) => !known.has(key)).sort(byCodeUnit);
  const rules = broken(form, good, role).map((rule) => remark(rule.field, rule.then, rule.id));
  return [...found, ...strange.map((key) => remark(key, 'unknown_field')), ...rules];
}

const MILD: readonly string[] = ['unusual', 'refer', 'warn'];
const remark = (field: string, code: string, rule = ''): Finding => ({ field, code, level: MILD.includes(code) ? 'warn' : 'error', rule });

/** The keys of the questions that are asked, given the answers so far. A badly shaped answer counts as none. */
export const visible = (form: Form, answers: unknown, role?: string): string[] => walk(form, answers, role).map(([field]) => field.key);

/** The rules under which these answers call for the technician; each holds the words and the urgency. */
export function referrals(form: Form, answers: unknown, role?: string): Rule[] {
  const good = table(walk(form, answers, role).map(([field, value]) => [field.key, value] as const));
  return broken(form, good, role).filter((rule) => rule.then === 'refer');
}

/** `common` if a director or liaison may read what this role wrote, else `clinical`. The station writes as `import`. */
export function audience(form: Form, authorRole: string): 'common' | 'clinical' {
  const readers = own(form.readers, authorRole === 'station' ? 'import' : authorRole) as readonly string[] | undefined;
  return readers && (readers.includes('director') || readers.includes('liaison')) ? 'common' : 'clinical';
}

/** Whether this role fills in this form about a person of this birth; an unknown birth keeps nobody out. */
export function mayWrite(form: Form, role: string, birth: unknown, today: string): boolean {
  const years = dates.age(birth, today);
  const least = own(form.min_age, role) as number | undefined;
  return form.writers.includes(role) && (years === null || least === undefined || years >= least);
}

/** What this role is told about a person of this birth; an unknown birth tells nothing. */
export function ageNotes(form: Form, role: string, birth: unknown, today: string): AgeNote[] {
  const years = dates.age(birth, today);
  return years === null ? [] : (form.age_notes ?? []).filter((note) => note.roles.includes(role) && years < note.under);
}

/** Soft notes with today's calendar year's sum, this hand-out included, where it passes the usual amount. They refuse nothing. */
export function yearNotes(form: Form, answers: unknown, records: Iterable<Plain>, today: string): (readonly [YearNote, number])[] {
  const given = isPlain(answers) ? answers : table<unknown>();
  const now = dates.number(today);
  if (now === null) return [];
  const held = [...records].filter((record) => sameYear(record, form.id, now)).map(answersOf);
  const sum = (note: YearNote): number => [...held, given].reduce((total, row) => total + piece(note, row), 0);
  return (form.year_notes ?? []).map((note) => [note, sum(note)] as const).filter(([note, total]) => piece(note, given) > 0 && total > note.limit);
}

function sameYear(record: Plain, form: string, now: number): boolean {
  const day = dates.number(own(record, 'occurred_on'));
  const counted = own(record, 'form') === form && own(record, 'status') === 'live' && !isNote(record);
  return counted && day !== null && day <= now && dates.parts(day)[0] === dates.parts(now)[0];
}

function piece(note: YearNote, answers: Plain): number {
  const item = own(answers, note.field);
  const amount = own(answers, note.sum);
  const counted = typeof item === 'string' && note.items.includes(item) && own(answers, 'declined') !== true;
  return counted && whole(amount) && amount > 0 ? amount : 0;
}

/** The questions asked, each with its well-shaped answer or null. */
function walk(form: Form, answers: unknown, role?: string): [Field, unknown][] {
  const good = table<unknown>();
  const found: [Field, unknown][] = [];
  for (const field of form.fields) {
    if (!asked(field, good, role)) continue;
    const value = own(answers, field.key);
    const fits = !unanswered(value) && misshapen(field, value) === null;
    if (fits) good[field.key] = value;
    found.push([field, fits ? value : null]);
  }
  return found;
}

const asked = (field: Field, good: Plain, role?: string): boolean =>
  holds(field.when, good) && (role === undefined || field.roles === undefined || field.roles.includes(role));

const broken = (form: Form, good: Plain, role?: string): Rule[] =>
  form.rules.filter((rule) => (role === undefined || rule.roles === undefined || rule.roles.includes(role)) && holds(rule.when, good));
