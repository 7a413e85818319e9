/** Inbox items in words. Pure. */
import { sayVague } from '../../i18n/days';
import { maskPhone } from '../../i18n/masks';
import { both, type T } from '../../i18n/words';
import type { VagueDate, Value } from '../../store/api';
import { formOf, labelOf } from '../../ui/labels';
import { A } from './askedWords';
import type { InboxItem } from './wire';
import { W } from './words';

export const sayField = (t: T, item: InboxItem): string =>
  t(both(labelOf(item.subject?.type === 'household' ? 'household_fields' : 'person_fields', item.field ?? '')));

/** A field's value as one may see it: a telephone covered but for its ends. */
export function sayValue(t: T, field: string | null, value: Value): string {
  if (value === null || value === '') return t(W.emptyValue);
  if (field === 'phone' && typeof value === 'string') return maskPhone(value);
  if (typeof value === 'object' && !Array.isArray(value) && 'year' in value) return sayVague(t, value as unknown as VagueDate, '');
  if (typeof value === 'string') return field === 'birth' ? sayVague(t, value, '') : t(both(labelOf(field ?? '', value)));
  return JSON.stringify(value);
}

const formName = (t: T, item: InboxItem): string => {
  const form = formOf((item.event?.schema ?? '').split('/')[0] ?? '');
  return form ? t(both(form)) : (item.event?.schema ?? '');
};

/** 李玉梅的电话 · 宋丽的访视 · 访视，王主任 */
export function sayItem(t: T, item: InboxItem): string {
  if (item.kind === 'twins') return [...new Set(item.people?.map((one) => one.name))].join(t.lang === 'zh' ? '，' : ', ');
  if (item.kind === 'asked') return [t(A[item.reason as keyof typeof A]), item.subject?.name ?? ''].filter(Boolean).join(t.lang === 'zh' ? '，' : ', ');
  if (item.kind === 'conflict') return t(W.fieldOf, { name: item.subject?.name ?? '', field: sayField(t, item) });
  return [formName(t, item), item.actor?.name ?? ''].filter(Boolean).join(t.lang === 'zh' ? '，' : ', ');
}

const KINDS = { twins: W.twinsItem, conflict: W.twoWrote, parked: W.parkedItem, fork: W.forkItem, flagged: W.flaggedItem, asked: A.asked } as const;

export const sayItemKind = (t: T, item: InboxItem): string => t(KINDS[item.kind]);

/** Both values of a conflict; two telephones that look alike when covered are shown open, since a choice must be seen. */
export function sayBoth(t: T, { field, kept, offered }: InboxItem): { kept: string; offered: string } {
  const covered = { kept: sayValue(t, field, kept), offered: sayValue(t, field, offered) };
  if (covered.kept !== covered.offered) return covered;
  const open = (value: Value): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return { kept: open(kept), offered: open(offered) };
}

/** What a button calls a value: a telephone by its last four. */
const short = (item: InboxItem, said: string): string => (item.field === 'phone' && said.includes('*') ? said.slice(-4) : said);

const CHOICES = { merge: W.merge, distinct: W.distinct, take: W.take, dismiss: W.dismiss, seen: W.seen, done: A.done, undo: W.undo } as const;

export function sayChoice(t: T, item: InboxItem, choice: string): string {
  if (choice === 'kept' || choice === 'offered') return t(W.keep, { value: short(item, sayBoth(t, item)[choice]) });
  return choice in CHOICES ? t(CHOICES[choice as keyof typeof CHOICES]) : choice;
}

/** 王主任，11月30日 16:20 记的; the import is the register. */
export function sayWriter(t: T, by: { id: string; name: string } | null, hour: string | null): string {
  if (!by) return t(W.nobodyKnows);
  const who = by.id === 'import' ? t(W.register) : by.name;
  return hour ? t(W.wroteAt, { who, hour }) : who;
}

export const sayDecision = (t: T, item: InboxItem, choice: string): string => `${sayItem(t, item)} ${sayChoice(t, item, choice)}`;
