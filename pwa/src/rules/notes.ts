/** What a note makes due: see the technician by the end of a month. It names neither form nor finding. */
import { NOTE, type Row } from './anchors';
import * as dates from './dates';
import { own, textOf } from './own';
import type { DueItem, NoteSchedule } from './shapes';
import { fill, month } from './wording';

/** The rows without notes about records that their reader holds whole. */
export function withoutNeedless(rows: readonly Row[]): readonly Row[] {
  if (!rows.some((row) => row.form === NOTE)) return rows;
  const held = new Set<string | null>(rows.filter((row) => row.form !== NOTE).map((row) => row.key));
  return rows.filter((row) => row.form !== NOTE || !(held.has(row.key) || held.has(textOf(row.record, 'of'))));
}

/** At most one item for each purpose, from its newest note, unless she has said no to that purpose. */
export function notesDue(schedule: NoteSchedule, rows: readonly Row[], agreed: { readonly [purpose: string]: string }, now: number): DueItem[] {
  const newest = new Map<string, Row>();
  for (const row of rows) if (row.form === NOTE) newest.set(textOf(row.record, 'purpose') ?? '', row);
  return [...newest].filter(([purpose]) => (agreed[purpose] ?? 'given') === 'given').flatMap(([, row]) => itemOf(schedule, row, now));
}

function itemOf(schedule: NoteSchedule, row: Row, now: number): DueItem[] {
  const span = dates.monthSpan(own(row.record, 'next'));
  if (span === null || span[1] < row.day || now > span[1] + schedule.expire) return [];
  const [opens, closes, expires] = [dates.text(span[0]), dates.text(span[1]), dates.text(span[1] + schedule.expire)];
  if (opens === null || closes === null || expires === null) return [];
  const late = Math.max(0, now - span[1]);
  return [{
    schedule: schedule.id, record: row.key, person: row.person, household: textOf(row.record, 'household'),
    form: null, due: closes, opens, closes, expires,
    state: now < span[0] ? 'later' : late ? 'overdue' : 'due', late,
    why: fill(schedule.why, { month: () => month(span[0]) }),
  }];
}
