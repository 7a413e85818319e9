/** Which schedules a row may start: most people have a few of these, and most schedules nothing to say. */
import { NOTE, type Row } from './anchors';
import { words } from './conditions';
import { own } from './own';
import type { Anchor, Schedule } from './shapes';

/** Of one form: what any record of it may start, and what one word of one answer may. */
interface Plan {
  readonly always: Schedule[];
  readonly byWord: Map<string, Map<string, Schedule[]>>;
}
export type Plans = ReadonlyMap<unknown, Plan>;

const known = new WeakMap<readonly Schedule[], Plans>();

/** Of the active schedules, made once. */
export function plansOf(schedules: readonly Schedule[]): Plans {
  const was = known.get(schedules);
  if (was) return was;
  const plans = new Map<unknown, Plan>();
  for (const schedule of schedules) if (schedule.active) enter(plans, schedule);
  known.set(schedules, plans);
  return plans;
}

function enter(plans: Map<unknown, Plan>, schedule: Schedule): void {
  if (schedule.kind === 'note') planOf(plans, NOTE).always.push(schedule);
  else for (const anchor of schedule.anchors) enterBy(planOf(plans, anchor.form), anchor, schedule);
}

/** By the first condition that names words: that one must hold, whatever the others say. */
function enterBy({ always, byWord }: Plan, { form, when }: Anchor, schedule: Schedule): void {
  const conds = when === undefined || form === NOTE ? [] : 'field' in when ? [when] : when;
  const first = conds.find((cond) => 'is' in cond);
  if (!first || !('is' in first)) return void always.push(schedule);
  const found = byWord.get(first.field) ?? new Map<string, Schedule[]>();
  byWord.set(first.field, found);
  for (const word of first.is) found.set(word, [...(found.get(word) ?? []), schedule]);
}

function planOf(plans: Map<unknown, Plan>, form: unknown): Plan {
  const plan = plans.get(form) ?? { always: [], byWord: new Map() };
  plans.set(form, plan);
  return plan;
}

/** Adds what this row may start; what is left out it surely does not. */
export function addAble(plans: Plans, row: Row, able: Set<Schedule>): void {
  const plan = plans.get(row.form);
  if (!plan) return;
  for (const schedule of plan.always) able.add(schedule);
  for (const [field, found] of plan.byWord) {
    for (const word of words(own(row.answers, field))) found.get(word)?.forEach((schedule) => able.add(schedule));
  }
}
