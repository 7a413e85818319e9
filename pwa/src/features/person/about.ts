/** What the page says about one person, worked out from her records. Pure. */
import type { Answers, Bundle, DueItem, Rec, Value } from '../../store/api';
import { standing } from '../../rules/consent';
import { plain } from '../../ui/plain';

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

/** The fields a correction changes; null takes an answer away. */
export function changed(before: Answers, after: Answers): Answers {
  const found: Answers = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const now: Value | undefined = after[key];
    if (JSON.stringify(before[key]) !== JSON.stringify(now)) found[key] = now ?? null;
  }
  return found;
}
