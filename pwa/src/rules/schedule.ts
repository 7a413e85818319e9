/** What is due: a pure fold over records, schedules and today; the twin of server/rules/schedule.py, which says what it promises. */
import { addAble, plansOf } from './able';
import * as anchors from './anchors';
import type { Row, Start } from './anchors';
import { whole } from './conditions';
import { standing } from './consent';
import * as dates from './dates';
import { notesDue, withoutNeedless } from './notes';
import * as occurrences from './occurrences';
import { asOf } from './otherdays';
import { byCodeUnit, own, table, textOf } from './own';
import type { DueItem, Plain, RecordSchedule, Schedule, State, Words } from './shapes';
import * as wording from './wording';

export type { DueItem } from './shapes';

const CONSENT = 'consent';

/** Everything that is later, due or overdue on a day, sorted by due day, schedule, person, household, record. */
export function dueItems(schedules: readonly Schedule[], records: Iterable<Plain>, today: string): DueItem[] {
  const now = dates.number(today);
  if (now === null) throw new RangeError(`today is not a day: ${today}`);
  const plans = plansOf(schedules);
  const found: DueItem[] = [];
  for (const { letter, rows } of subjects(records, now)) {
    const able = new Set<Schedule>();
    for (const row of rows) if (mayStart(letter, row)) addAble(plans, row, able);
    if (able.size === 0) continue;
    rows.sort(byDay);
    const agreed = letter === 'p' ? standing(rows.filter((row) => row.form === CONSENT).map((row) => row.record), today) : table<string>();
    const past = withoutNeedless(until(rows, now));
    for (const schedule of able) found.push(...dueOf(schedule, past, letter, agreed, now));
  }
  return found.sort(byOrder);
}

/** Rows in order, without those of another day to come. */
const until = (rows: readonly Row[], now: number): readonly Row[] => ((rows[rows.length - 1]?.day ?? now) <= now ? rows : rows.filter((row) => row.day <= now));

/** What starts for a household is said of nobody in it. */
const mayStart = (letter: 'p' | 'h', { person }: Row): boolean => letter === 'p' || person === null;

const byDay = (a: Row, b: Row): number => a.day - b.day || byCodeUnit(a.key, b.key);

function byOrder(a: DueItem, b: DueItem): number {
  return byCodeUnit(a.due, b.due) || byCodeUnit(a.schedule, b.schedule) || byCodeUnit(a.person ?? '', b.person ?? '')
    || byCodeUnit(a.household ?? '', b.household ?? '') || byCodeUnit(a.record, b.record);
}

interface Subject {
  readonly letter: 'p' | 'h';
  readonly rows: Row[];
}

/** Rows of each person and, with all its people's, of each household, in no order. A consent of tomorrow stays in. */
function subjects(records: Iterable<Plain>, now: number): Subject[] {
  const persons = new Map<string, Subject>();
  const households = new Map<string, Subject>();
  for (const record of records) {
    const row = anchors.rowOf(record);
    if (row === null || (row.day > now && own(record, 'form') !== CONSENT)) continue;
    add(persons, 'p', row.person, row);
    add(households, 'h', textOf(record, 'household'), row);
  }
  return [...persons.values(), ...households.values()];
}

function add(found: Map<string, Subject>, letter: 'p' | 'h', key: string | null, row: Row): void {
  if (key === null) return;
  const subject = found.get(key);
  if (subject) subject.rows.push(row);
  else found.set(key, { letter, rows: [row] });
}

function dueOf(schedule: Schedule, rows: readonly Row[], letter: 'p' | 'h', agreed: { readonly [purpose: string]: string }, now: number): DueItem[] {
  if (schedule.kind === 'note') return letter === 'p' ? notesDue(schedule, rows, agreed, now) : [];
  if (schedule.consent !== null && agreed[schedule.consent] !== 'given') return [];
  const found: DueItem[] = [];
  for (const same of byKey(schedule, rows)) {
    for (const start of anchors.starts(schedule, same)) if (mayStart(letter, start.row)) found.push(...itemOf(schedule, start, same, now));
  }
  return found;
}

/** The rows together, or apart by the word they hold in the schedule's `key` (each purpose has its own expiry). */
function byKey(schedule: RecordSchedule, rows: readonly Row[]): (readonly Row[])[] {
  if (schedule.key === undefined) return [rows];
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const word = own(row.answers, schedule.key);
    if (typeof word !== 'string') continue;
    const same = found.get(word) ?? [];
    same.push(row);
    found.set(word, same);
  }
  return [...found.values()];
}

/** The item of one start, or none. */
function itemOf(schedule: RecordSchedule, start: Start, rows: readonly Row[], now: number): DueItem[] {
  const mine = schedule.match === undefined ? rows : rows.filter((row) => anchors.belongs(schedule, start, row));
  const at = lastDone(schedule, mine);
  const floor = restUntil(schedule, start, mine, at);
  if (floor !== null && now < floor) return [];
  const done = mine[at];
  const here = asOf(schedule, start.row.record);
  const turn = occurrences.standing(
    here, start.row.answers, now - start.day,
    done ? done.day - start.day : null, floor === null ? null : floor - start.day,
  );
  const { why } = here.anchors[schedule.anchors.indexOf(start.anchor)] ?? start.anchor;
  return turn === null ? [] : written(schedule, start, turn, why, now);
}

/** The place of the last service, or -1. */
function lastDone(schedule: RecordSchedule, rows: readonly Row[]): number {
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at];
    if (row && anchors.anyMatch(schedule.done_by, row)) return at;
  }
  return -1;
}

/** The first day after the rest that her last "no" asks for; a service accepted since then ends it. */
function restUntil({ decline }: RecordSchedule, start: Start, rows: readonly Row[], done: number): number | null {
  for (let at = rows.length - 1; at >= Math.max(done, 0); at -= 1) {
    const row = rows[at];
    if (row && row.day >= Math.min(start.day, start.row.day) && anchors.anyMatch(decline.by, row)) return row.day + decline.rest_days;
  }
  return null;
}

/** The item in days as text; none if a day leaves 1900 to 2099. */
function written(schedule: RecordSchedule, start: Start, turn: occurrences.Occurrence, why: Words, now: number): DueItem[] {
  const last = Math.min(turn.overdue + start.slack, turn.expire) - 1;
  const [due, opens, closes, expires] = [turn.due, turn.opens, last, turn.expire - 1].map((days) => dates.text(start.day + days));
  if (!due || !opens || !closes || !expires) return [];
  const today = now - start.day;
  const state: State = today < turn.opens ? 'later' : today <= last ? 'due' : 'overdue';
  const { record, key, person } = start.row;
  return [{
    schedule: schedule.id, record: key, person, household: textOf(record, 'household'),
    form: schedule.form, due, opens, closes, expires, state,
    late: Math.max(0, today - last), why: whyOf(start, turn, why, last, now),
  }];
}

function whyOf(start: Start, turn: occurrences.Occurrence, why: Words, last: number, now: number): Words {
  const amount = own(start.row.answers, 'qty');
  return wording.fill(why, {
    anchor: () => wording.said(start.said, now),
    step: () => turn.words,
    window: () => wording.window(start.day + turn.opens, start.day + last, now),
    due: () => wording.day(start.day + turn.due, now),
    qty: () => wording.plain(whole(amount) ? amount : '?'),
  });
}
