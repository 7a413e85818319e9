/** One record in one short line, as the village would say it. A note says neither form nor finding. Pure. */
import { sayMonth, sayVague } from '../i18n/days';
import { both, type T, type Word } from '../i18n/words';
import type { Answers, Rec, Value, VagueDate } from '../store/api';
import { formOf, labelOf, optionOf } from './labels';

const W = {
  note: ['内容只有技术员能看', 'Only the technician sees what it says'],
  noteNext: ['{month}底前可去见技术员', 'See the technician by the end of {month}'],
  noteDone: ['见过技术员', 'Saw the technician'],
  given: ['同意{purpose}', 'Agreed to {purpose}'],
  declined: ['{purpose}：她说不用', '{purpose}: she declined'],
  withdrawn: ['撤回了{purpose}', 'Withdrew {purpose}'],
  supply: ['领{item} {n} {unit}', 'Got {n} {unit} of {item}'],
  lot: ['批号 {lot}', 'Lot {lot}'],
  using: ['在用{method}', 'Uses {method}'],
  stopped: ['不用{method}了', 'Stopped {method}'],
  from: ['从{day}起', 'since {day}'],
  refer: ['转给技术员', 'Referred to the technician'],
  no: ['她说不用', 'She declined'],
} as const satisfies Record<string, Word>;

const text = (answers: Answers, key: string): string => {
  const value = answers[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

export const sayPurpose = (t: T, code: string): string => t(both(optionOf('consent', 'purpose', code)));

const option = (t: T, form: string, field: string, answers: Answers): string => t(both(optionOf(form, field, text(answers, field))));

function sayConsent(t: T, a: Answers): string {
  const purpose = sayPurpose(t, text(a, 'purpose'));
  const decision = text(a, 'decision');
  if (decision === 'declined') return t(W.declined, { purpose });
  return t(decision === 'withdrawn' ? W.withdrawn : W.given, { purpose });
}

function saySupply(t: T, a: Answers): string {
  if (a.declined === true) return t(W.no);
  const item = formOf('contraceptive_supply')?.fields.find((f) => f.key === 'item')?.options?.find((o) => o.code === a.item);
  return t(W.supply, { item: item ? t(both(item)) : text(a, 'item'), n: text(a, 'qty'), unit: item?.unit ? t(both(item.unit)) : '' });
}

function sayFollowup(t: T, a: Answers): string {
  if (a.declined === true) return t(W.no);
  const method = option(t, 'contraceptive_followup', 'method', a);
  return t(a.still_using === false ? W.stopped : W.using, { method });
}

const SAY: Readonly<Record<string, (t: T, answers: Answers) => string>> = {
  consent: sayConsent,
  contraceptive_supply: saySupply,
  contraceptive_followup: sayFollowup,
  household_visit: (t, a) => option(t, 'household_visit', 'presence', a),
  referral: (t) => t(W.refer),
};

export function sayRecord(t: T, record: Rec, today: string): string {
  if (record.seenAs === 'note') return record.next ? t(W.noteNext, { month: sayMonth(t, record.next, today) }) : t(W.noteDone);
  const say = SAY[record.form];
  const form = formOf(record.form);
  return say ? say(t, record.answers) : form ? t(both(form)) : record.form;
}

/** What stands beside it: lot, what was done, or since when. */
export function sayMore(t: T, record: Rec, today: string): string {
  const { answers } = record;
  if (record.seenAs === 'note') return t(W.note);
  if (record.form === 'household_visit' && Array.isArray(answers.purpose)) {
    return answers.purpose.map((code) => t(both(optionOf('household_visit', 'purpose', typeof code === 'string' ? code : '')))).join(t.lang === 'zh' ? '、' : ', ');
  }
  if (text(answers, 'lot')) return t(W.lot, { lot: text(answers, 'lot') });
  const since: Value | undefined = answers.started_on;
  return since ? t(W.from, { day: sayVague(t, since as VagueDate, today) }) : '';
}

export const sayRole = (t: T, role: string): string => t(both(labelOf('roles', role)));
