/** Other days for a schedule, as they are typed and as they were decided. Pure. */
import type { RecordSchedule, Schedule, Words } from '../../generated/rulebook';

export interface TrialShown {
  readonly until: string;
  /** null: too few, for `then` also too close to `now` */
  readonly now: number | null;
  readonly then: number | null;
  readonly k: number;
}

type Steps = readonly (readonly number[])[];

/** Shown from, due, late from, gone from of each step, a repeated one last; `number` 0: the rulebook's own. */
export interface DaysInForce {
  readonly id: string;
  readonly number: number;
  readonly own: Steps;
  readonly steps: Steps;
}

export interface DaysDecision {
  readonly version: number;
  readonly schedule: string;
  readonly before: Steps;
  readonly after: Steps;
  /** the decision it takes back */
  readonly undoes: number | null;
  /** nothing was decided on that schedule since */
  readonly last: boolean;
  readonly ground: string;
  readonly by: string;
  readonly at: number;
}

export interface CountyDays {
  readonly schedules: readonly DaysInForce[];
  readonly history: readonly DaysDecision[];
}

/** 27/30/31/61，83/90/91/121 */
export const sayDays = (steps: Steps): string => steps.map((days) => days.join('/')).join('，');

/** What a county may try: the schedules in use that count days from a record. */
export const tried = (schedules: readonly Schedule[]): readonly RecordSchedule[] =>
  schedules.filter((one): one is RecordSchedule => one.kind === 'record' && one.active);

interface Line {
  readonly words: Words;
  readonly days: readonly string[];
}

/** A line a step, a repeated one last: shown from, due, late from, gone from. */
export const linesOf = ({ steps, then }: RecordSchedule, now: Steps): readonly Line[] =>
  [...steps, ...(then ? [{ ...then, zh: then.zh.replace('{n}', String(then.n)), en: then.en.replace('{n}', String(then.n)) }] : [])]
    .map(({ zh, en }, row) => ({ words: { zh, en }, days: (now[row] ?? []).map(String) }));

export const typed = (rows: readonly (readonly string[])[], row: number, at: number, value: string): readonly (readonly string[])[] =>
  rows.map((days, n) => (n === row ? days.map((day, i) => (i === at ? value : day)) : days));

/** The numbers typed; undefined while one of them is no whole number. */
export function numbersOf(rows: readonly (readonly string[])[]): readonly (readonly number[])[] | undefined {
  if (!rows.every((days) => days.every((day) => /^-?\d{1,5}$/.test(day.trim())))) return undefined;
  return rows.map((days) => days.map(Number));
}
