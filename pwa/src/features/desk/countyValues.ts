/** The values that the local authority confirms: their shapes, their kinds, and what a decision sends. Pure. */
import type { Named, T } from '../../i18n/words';
import { saySource } from '../../ui/source';
import { CO } from './countyWords';

export interface OpenValue {
  readonly place: string;
  readonly file: Named;
  readonly name: Named;
  readonly status: string;
  readonly lines: readonly Named[];
  readonly print: string;
  /** `at` in ms; null while it is still to be confirmed */
  readonly confirmed: { readonly by: string; readonly at: number; readonly ground: string } | null;
}

export interface CountyValues {
  readonly values: readonly OpenValue[];
  readonly history: readonly { readonly version: number; readonly said: string; readonly places: readonly string[]; readonly ground: string; readonly by: string; readonly at: number }[];
}

export type Kind = 'days' | 'rest' | 'forms' | 'other';
export const KINDS: readonly Kind[] = ['days', 'rest', 'forms', 'other'];

export function kindOf({ place }: OpenValue): Kind {
  if (place.startsWith('schedules/')) return place.endsWith('.decline') ? 'rest' : 'days';
  return place.startsWith('forms/') ? 'forms' : 'other';
}

/** Those of a kind that are confirmed, or are not. */
export const listed = (values: readonly OpenValue[], kind: Kind, done: boolean): readonly OpenValue[] =>
  values.filter((value) => kindOf(value) === kind && (value.confirmed !== null) === done);

export const count = (values: readonly OpenValue[], done: boolean): number => values.filter((value) => (value.confirmed !== null) === done).length;

/** Their fingerprints by place, so that the server knows what she saw. */
export const seen = (values: readonly OpenValue[], picked: ReadonlySet<string>): Record<string, string> =>
  Object.fromEntries(values.filter(({ place }) => picked.has(place)).map(({ place, print }) => [place, print]));

export function toggled(picked: ReadonlySet<string>, place: string): ReadonlySet<string> {
  const next = new Set(picked);
  if (!next.delete(place)) next.add(place);
  return next;
}

const GROUNDS = [['S', CO.sourced], ['C', CO.second], ['K', CO.known], ['D', CO.ours]] as const;

/** What a value rests on: its sources by name, else what kind of ground it has. */
export function sayGround(t: T, status: string): string {
  const named = saySource(t, status.replace(/\bL\b/, ''));
  const kind = GROUNDS.find(([letter]) => status.split(' ').some((word) => word.startsWith(letter)));
  return named || t(kind ? kind[1] : CO.local);
}
