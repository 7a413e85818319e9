/** Where a schedule starts to count for one person: on which record, from which day; the twin of server/rules/anchors.py. */
import { answersOf, matches } from './conditions';
import * as dates from './dates';
import { own } from './own';
import type { Anchor, Matcher, Plain, RecordSchedule } from './shapes';

/** A live record with a good day. */
export interface Row {
  readonly day: number;
  readonly key: string;
  readonly record: Plain;
}

/** A schedule counts from `day` on this row; `said` may be vague; `named`: an answer says it, not just the day of writing. */
export interface Start {
  readonly day: number;
  readonly said: unknown;
  readonly row: Row;
  readonly anchor: Anchor;
  readonly named: boolean;
}

/** The row of a live record with an id and a day; null for all others. */
export function rowOf(record: Plain): Row | null {
  const day = dates.number(own(record, 'occurred_on'));
  const key = own(record, 'id');
  return own(record, 'status') === 'live' && day !== null && typeof key === 'string' ? { day, key, record } : null;
}

export const anyMatch = (matchers: readonly Matcher[], record: Plain): boolean => matchers.some((matcher) => matches(matcher, record));

/** Every start that still counts, in the order of rows. With `pick` newest or spell at most one a schedule. */
export function starts(schedule: RecordSchedule, rows: readonly Row[]): Start[] {
  const found = schedule.anchors.flatMap((anchor) => startsOf(schedule, anchor, rows));
  if (schedule.anchors.some((anchor) => anchor.pick === 'each')) return found;
  return found.length > 1 ? [found.reduce((best, start) => (start.day > best.day ? start : best))] : found;
}

function startsOf(schedule: RecordSchedule, anchor: Anchor, rows: readonly Row[]): Start[] {
  if (anchor.pick === 'each') return each(schedule, anchor, rows);
  const single = anchor.pick === 'spell' ? spell(schedule, anchor, rows) : newest(schedule, anchor, rows);
  return single ? [single] : [];
}

/** Every record of the kind, but for those that something stopped afterwards. */
function each(schedule: RecordSchedule, anchor: Anchor, rows: readonly Row[]): Start[] {
  let found: Start[] = [];
  for (const row of rows) {
    if (anyMatch(schedule.stop, row.record)) found = found.filter((start) => !belongs(schedule, start, row));
    const start = matches(anchor, row.record) ? startOf(anchor, row) : null;
    if (start !== null) found.push(start);
  }
  return found;
}

/** The newest record of the kind, unless something stopped it afterwards. */
function newest(schedule: RecordSchedule, anchor: Anchor, rows: readonly Row[]): Start | null {
  let found: Start | null = null;
  for (const row of rows) {
    if (anyMatch(schedule.stop, row.record)) found = null;
    if (matches(anchor, row.record)) found = startOf(anchor, row);
  }
  return found;
}

/** The beginning of the unbroken run that lasts until today; a record that says another beginning wins. */
function spell(schedule: RecordSchedule, anchor: Anchor, rows: readonly Row[]): Start | null {
  let found: Start | null = null;
  for (const row of rows) {
    if (anyMatch(schedule.stop, row.record)) found = null;
    else if (matches(anchor, row.record)) {
      const start = startOf(anchor, row);
      if (found === null || (start !== null && start.named && start.day !== found.day)) found = start;
    }
  }
  return found;
}

/** The first of the anchor's date fields that says a day or vague date; null if none does. */
function startOf(anchor: Anchor, row: Row): Start | null {
  for (const field of anchor.date) {
    const named = field !== 'occurred_on';
    const said = named ? own(answersOf(row.record), field) : own(row.record, field);
    const span = dates.span(said);
    if (span !== null) return { day: span[0], said, row, anchor, named };
  }
  return null;
}

/** Whether a row speaks about this very start, where a schedule has several (`match`, e.g. `of`). */
export function belongs(schedule: RecordSchedule, start: Start, row: Row): boolean {
  if (schedule.match === undefined || own(row.record, 'seen_as') === 'note') return true;
  return own(answersOf(row.record), schedule.match) === start.row.key;
}
