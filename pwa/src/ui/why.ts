/** What is due, and why, in one line each; the sentences come from the rulebook. Pure. */
import { both, type T } from '../i18n/words';
import { book } from '../generated/rulebook';
import type { DueItem } from '../store/api';

/** 看环, 避孕套: the schedule's short name. */
export function sayWhat(t: T, item: DueItem): string {
  const schedule = book.schedules.find((s) => s.id === item.schedule);
  return schedule ? t(both(schedule)) : item.schedule;
}

export const sayWhy = (t: T, item: DueItem): string => (item.why ? t(both(item.why)) : '');
