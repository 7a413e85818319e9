/** Days and variants that a county set for itself; the twin of server/rules/otherdays.py. A record keeps those it was written under. */
import { whole } from './conditions';
import { own } from './own';
import type { Plain, RecordSchedule, Repeat, Schedule, Step, Words } from './shapes';

type Days = readonly (readonly number[])[];
/** What a variant has of its own; `why` of each anchor. */
interface Parts extends Words {
  readonly id: string;
  readonly steps: readonly Step[];
  readonly then?: Repeat;
  readonly why: readonly Words[];
}
/** By schedule: the number of each decision and the days of each step, a repeated one last, or the parts of a variant. */
export interface Changes {
  readonly [schedule: string]: readonly (readonly [n: number, change: Days | Parts])[];
}

/** The schedules with what a county changed of them. Days of another number of steps are passed over. */
export function overlaid(schedules: readonly Schedule[], changes: Changes): readonly Schedule[] {
  return schedules.map((one) => {
    if (one.kind === 'note') return one;
    let now = one;
    const changed = ((own(changes, one.id) ?? []) as Changes['']).flatMap(([n, change]) => {
      const as = 'why' in change ? varied(now, change) : moved(now, change);
      return as ? [{ n, as: (now = as) }] : [];
    });
    return changed.length ? { ...one, changed } : one;
  });
}

/** The schedule with the days of the newest decision that the record was written under. */
export function asOf(schedule: RecordSchedule, record: Plain): RecordSchedule {
  const days = own(record, 'days');
  return (whole(days) && schedule.changed?.filter(({ n }) => n <= days).pop()?.as) || schedule;
}

function varied({ then: _, ...one }: RecordSchedule, { why, ...parts }: Parts): RecordSchedule | undefined {
  if (why.length !== one.anchors.length) return undefined;
  return { ...one, ...parts, anchors: one.anchors.map((anchor, at) => ({ ...anchor, why: why[at] ?? anchor.why })) };
}

function moved(one: RecordSchedule, days: Days): RecordSchedule | undefined {
  if (days.length !== one.steps.length + (one.then ? 1 : 0)) return undefined;
  const other = <S extends object>(step: S, at: number) => {
    const [opens = 0, due = 0, overdue = 0, expire = 0] = days[at] ?? [];
    return { ...step, opens, due, overdue, expire };
  };
  return { ...one, steps: one.steps.map(other), ...(one.then ? { then: other(one.then, days.length - 1) } : {}) };
}
