/** Whose phones were not heard of lately, and what a village's phones last said. Pure. */
import { daysBetween, local } from '../../i18n/days';
import type { Director, Village } from './wire';

/** Days without a word after which one asks. */
export const SILENT_DAYS = 3;

export const daysSince = (ms: number, today: string): number => daysBetween(local(ms).day, today);

/** When this director's phones were last heard of; null: never. */
export function lastHeard({ last_seen, last_push_at }: Director): number | null {
  const times = [last_seen, last_push_at].filter((ms): ms is number => ms !== null);
  return times.length > 0 ? Math.max(...times) : null;
}

export function silent(director: Director, today: string): boolean {
  const heard = lastHeard(director);
  return director.phones > 0 && heard !== null && daysSince(heard, today) >= SILENT_DAYS;
}

export interface Silent {
  readonly director: Director;
  readonly villages: readonly string[];
}

/** Each silent director once, with her villages, in the register's order: never ranked. */
export function silentOnes(villages: readonly Village[], today: string): Silent[] {
  const found = new Map<string, Silent>();
  for (const village of villages) {
    for (const director of village.directors) {
      if (!silent(director, today)) continue;
      found.set(director.id, { director, villages: [...(found.get(director.id)?.villages ?? []), village.name] });
    }
  }
  return [...found.values()];
}

/** The newest word from a village's phones. */
export function villageHeard({ directors }: Village): number | null {
  const times = directors.map(lastHeard).filter((ms): ms is number => ms !== null);
  return times.length > 0 ? Math.max(...times) : null;
}
