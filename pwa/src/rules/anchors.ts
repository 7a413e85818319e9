/** Where a schedule starts to count for one person: on which record, from which day; the twin of server/rules/anchors.py. */
import { answersOf, holds, isNote } from './conditions';
import * as dates from './dates';
import { own, textOf } from './own';
import type { Anchor, Matcher, Plain, RecordSchedule } from './shapes';

/** A live record with a good day, and what every schedule asks of it, read once. */
export interface Row {
  readonly day: number;
  readonly key: string;
  readonly record: Plain;
  /** what it is to a matcher: NOTE, whatever is behind the note, or its form */
  readonly form: unknown;
  readonly answers: Plain;
  readonly person: string | null;
}

export const NOTE = 'note';

/** A schedule counts from `day` on this row; `said` may be vague; `named`: an answer says it, not just the day of writing;
 * `slack`: how many days later it can have been, where the month is known. */
export interface Start {
  readonly day: number;
  readonly said: unknown;
  readonly row: Row;
  readonly anchor: Anchor;
  readonly named: boolean;
  readonly slack: number;
}

/** The row of a live record with an id and a day; null for all others. */
export function rowOf(record: Plain): Row | null {
  const day = dates.number(own(record, 'occurred_on'));
  const key = own(record, 'id');
  if (own(record, 'status') !== 'live' || day === null || typeof key !== 'string') return null;
  return { day, key, record, form: formOf(record), answers: answersOf(record), person: textOf(record, 'person') };
}

/** No form is called note. */
function formOf(record: Plain): unknown {
  if (isNote(record)) return NOTE;
  const form = own(record, 'form');
  return form === NOTE ? null : form;
}

/** Whether a row is one that the matcher means; of a note nothing else is known. */
function matches(matcher: Matcher, row: Row): boolean {
  if (row.form !== matcher.form) return false;
  if (row.form === NOTE) return true;
  if (matcher.roles) {
    const role = own(row.record, 'role');
    if (!matcher.roles.some((word) => word === role)) return false;
  }
  return holds(matcher.when, row.answers);
}

export function anyMatch(matchers: readonly Matcher[], row: Row): boolean {
  for (const matcher of matchers) if (matches(matcher, row)) return true;
  return false;
}

/** Every start that still counts, in the order of rows. With `pick` newest or spell at most one a schedule. */
export function starts(schedule: RecordSchedule, rows: readonly Row[]): Start[] {
  const found: Start[] = [];
  for (const anchor of schedule.anchors) found.push(...startsOf(schedule, anchor, rows));
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
    if (anyMatch(schedule.stop, row)) found = found.filter((start) => !belongs(schedule, start, row));
    const start = matches(anchor, row) ? startOf(anchor, row) : null;
    if (start !== null) found.push(start);
  }
  return found;
}

/** The newest record of the kind, unless something stopped it afterwards. */
function newest(schedule: RecordSchedule, anchor: Anchor, rows: readonly Row[]): Start | null {
  let found: Start | null = null;
  for (const row of rows) {
    if (anyMatch(schedule.stop, row)) found = null;
    if (matches(anchor, row)) found = startOf(anchor, row);
  }
  return found;
}

/** The beginning of the unbroken run that lasts until today; a record that says another beginning wins. */
function spell(schedule: RecordSchedule, anchor: Anchor, rows: readonly Row[]): Start | null {
  let found: Start | null = null;
  for (const row of rows) {
    if (anyMatch(schedule.stop, row)) found = null;
    else if (matches(anchor, row)) {
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
    const said = named ? own(row.answers, field) : own(row.record, field);
    const span = dates.span(said);
    if (span === null) continue;
    const days = span[1] - span[0];
    return { day: span[0], said, row, anchor, named, slack: days < 31 ? days : 0 };
  }
  return null;
}

/** Whether a row speaks about this very start, where a schedule has several (`match`, e.g. `of`). */
export function belongs(schedule: RecordSchedule, start: Start, row: Row): boolean {
  if (schedule.match === undefined || row.form === NOTE) return true;
  return own(row.answers, schedule.match) === start.row.key;
}
