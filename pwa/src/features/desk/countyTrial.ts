/** Other days for a schedule or another variant of it, as they are typed and as they were decided. Pure. */
import { both, type Named, type T } from '../../i18n/words';
import { sayGround } from './countyValues';
import { TR } from './countyWords';

export interface TrialShown {
  readonly until: string;
  /** null: too few, for `then` also too close to `now` */
  readonly now: number | null;
  readonly then: number | null;
  readonly k: number;
}

type Steps = readonly (readonly number[])[];

/** What a county may follow: a name and the rulebook's days for each step, a repeated one last, again each `every` days. */
export interface Variant extends Named {
  readonly id: string;
  readonly status: string;
  readonly words: readonly Named[];
  readonly steps: Steps;
  readonly every: number | null;
}

/** Shown from, due, late from, gone from of each step; `number` 0: the rulebook's own. `variant`: the one that is followed. */
export interface DaysInForce extends Named {
  readonly id: string;
  readonly number: number;
  readonly variant: string;
  readonly own: Steps;
  readonly steps: Steps;
  readonly variants: readonly Variant[];
}

export interface DaysDecision {
  readonly version: number;
  readonly schedule: string;
  readonly before: Steps;
  readonly after: Steps;
  /** null: the variant stayed */
  readonly variant_before: string | null;
  readonly variant_after: string | null;
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

/** 看环，4 次，以后每 365 天。依据：上环取环常规 */
export function sayVariant(t: T, { every, steps, ...one }: Variant): string {
  const more = every === null ? '' : t(TR.again, { n: every });
  return t(TR.variant, { name: t(both(one)), n: steps.length - (every === null ? 0 : 1), more, source: sayGround(t, one.status) });
}

/** Of a decision: what was followed before and since; "" where it stayed. */
export function sayTurn(t: T, one: DaysDecision, of: DaysInForce | undefined): string {
  const [before, after] = [one.variant_before, one.variant_after].map((id) => of?.variants.find((variant) => variant.id === id));
  return before && after ? `${sayVariant(t, before)} → ${sayVariant(t, after)}` : '';
}

/** The days a form begins with: as they stand, or the rulebook's of another variant. */
export const begunWith = (stood: DaysInForce, variant: Variant): readonly (readonly string[])[] =>
  (variant.id === stood.variant ? stood.steps : variant.steps).map((days) => days.map(String));

export const typed = (rows: readonly (readonly string[])[], row: number, at: number, value: string): readonly (readonly string[])[] =>
  rows.map((days, n) => (n === row ? days.map((day, i) => (i === at ? value : day)) : days));

/** The numbers typed; undefined while one of them is no whole number. */
export function numbersOf(rows: readonly (readonly string[])[]): readonly (readonly number[])[] | undefined {
  if (!rows.every((days) => days.every((day) => /^-?\d{1,5}$/.test(day.trim())))) return undefined;
  return rows.map((days) => days.map(Number));
}
