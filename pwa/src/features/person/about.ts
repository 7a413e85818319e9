/** What the page says about one person, worked out from her records. Pure. */
import { local } from '../../i18n/days';
import type { T } from '../../i18n/words';
import type { Answers, Bundle, Change, DueItem, Rec, Value, Where } from '../../store/api';
import { standing } from '../../rules/consent';
import { plain } from '../../ui/plain';
import { sayColleague, type Names } from '../../ui/who';
import { W } from './words';

export const recordsOf = (bundle: Bundle, person: string): Rec[] => bundle.records.filter((r) => r.person === person);

export interface Permission {
  readonly purpose: string;
  readonly stands: 'given' | 'declined' | 'withdrawn' | 'expired';
  /** The newest record about it. */
  readonly record: Rec;
}

/** One line a purpose, newest decision, purposes in the order they were first asked. */
export function permissions(records: readonly Rec[], today: string): Permission[] {
  const live = records.filter((r) => r.form === 'consent' && r.status === 'live' && !r.seenAs);
  const oldestFirst = [...live].sort((a, b) => (a.occurredOn + a.id < b.occurredOn + b.id ? -1 : 1));
  const newest = new Map(oldestFirst.flatMap((r) => (typeof r.answers.purpose === 'string' ? [[r.answers.purpose, r] as const] : [])));
  const now = standing(records.map(plain), today);
  return [...newest].flatMap(([purpose, record]) => {
    const stands = now[purpose];
    return stands ? [{ purpose, stands, record }] : [];
  });
}

export interface Received {
  readonly item: string;
  readonly qty: number;
}

/** What she got in the calendar year of `today`, by item. */
export function received(records: readonly Rec[], today: string): Received[] {
  const sums = new Map<string, number>();
  for (const { form, status, occurredOn, answers } of records) {
    const { item, qty } = answers;
    if (form !== 'contraceptive_supply' || status !== 'live' || occurredOn.slice(0, 4) !== today.slice(0, 4)) continue;
    if (typeof item === 'string' && typeof qty === 'number') sums.set(item, (sums.get(item) ?? 0) + qty);
  }
  return [...sums].map(([item, qty]) => ({ item, qty }));
}

export const dueOf = (items: readonly DueItem[], person: string): DueItem[] => items.filter((item) => item.person === person && item.state !== 'later');

/** Answers with what she touched over them; null takes one away. */
export const over = (answers: Answers, mine: Answers): Answers =>
  Object.fromEntries(Object.entries({ ...answers, ...mine }).filter(([key, value]) => value !== null || !(key in mine)));

/** The fields a correction changes; null takes an answer away. */
export function changed(before: Answers, after: Answers): Answers {
  const found: Answers = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const now: Value | undefined = after[key];
    if (JSON.stringify(before[key]) !== JSON.stringify(now)) found[key] = now ?? null;
  }
  return found;
}

/** Where the record stands with all its corrections: the least settled speaks. */
export function whereOf(record: Rec): Where {
  const all = [record.where, ...(record.amends ?? []).map((a) => a.where), ...(record.voided ? [record.voided.where] : [])];
  return all.includes('ask') ? 'ask' : all.includes('here') ? 'here' : record.where;
}

export function sayWho(t: T, record: Rec, me: string, names: Names): string {
  if (record.author === me) return t(W.mine);
  return record.role === 'station' && !names[record.author] ? t(W.register) : t(W.by, { who: sayColleague(t, names, me, record.author, record.role) });
}

/** One line of what happened before: a record, or a change of her details. */
export interface Happening {
  readonly day: string;
  readonly record?: Rec;
  readonly change?: Change;
}

/** Newest day first; on one day changes stand above records. */
export function happenings(records: readonly Rec[], changes: readonly Change[]): Happening[] {
  const all: Happening[] = [...changes.map((change) => ({ day: local(change.at).day, change })), ...records.map((record) => ({ day: record.occurredOn, record }))];
  return all.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
}

/** What may still be taken back: the newest thing said of it that was never on the line. */
export function takeBack({ id, where, amends = [], voided }: Rec): string | undefined {
  if (voided) return voided.where === 'here' ? voided.id : undefined;
  const last = amends[amends.length - 1];
  if (last) return last.where === 'here' ? last.id : undefined;
  return where === 'here' ? id : undefined;
}

/** The newest hand-out of an item that is on record. */
export const lastOf = (records: readonly Rec[], item: string): Rec | undefined =>
  records.find((r) => r.form === 'contraceptive_supply' && r.status === 'live' && r.answers.item === item && typeof r.answers.qty === 'number');
