/** Days that a county set for itself; the twin of server/rules/otherdays.py. A record keeps those it was written under. */
import { whole } from './conditions';
import { own } from './own';
import type { Plain, RecordSchedule, Schedule } from './shapes';

type Days = readonly (readonly number[])[];
/** By schedule: the number of each decision and the days of each step, a repeated one last. */
export interface Changes {
  readonly [schedule: string]: readonly (readonly [n: number, days: Days])[];
}

/** The schedules with what a county changed of their days. A change of another number of steps is passed over. */
export function overlaid(schedules: readonly Schedule[], changes: Changes): readonly Schedule[] {
  return schedules.map((one) => {
    if (one.kind === 'note') return one;
    const fit = ((own(changes, one.id) ?? []) as Changes['']).filter(([, days]) => days.length === one.steps.length + (one.then ? 1 : 0));
    return fit.length ? { ...one, changed: fit.map(([n, days]) => ({ n, as: moved(one, days) })) } : one;
  });
}

/** The schedule with the days of the newest decision that the record was written under. */
export function asOf(schedule: RecordSchedule, record: Plain): RecordSchedule {
  const days = own(record, 'days');
  return (whole(days) && schedule.changed?.filter(({ n }) => n <= days).pop()?.as) || schedule;
}

function moved(one: RecordSchedule, days: Days): RecordSchedule {
  const other = <S extends object>(step: S, at: number) => {
    const [opens = 0, due = 0, overdue = 0, expire = 0] = days[at] ?? [];
    return { ...step, opens, due, overdue, expire };
  };
  return { ...one, steps: one.steps.map(other), ...(one.then ? { then: other(one.then, days.length - 1) } : {}) };
}
