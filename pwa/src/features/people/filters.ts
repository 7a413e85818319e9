/** Who is shown: by what is due, by residence, by service. Pure. */
import type { Bundle, DueItem, Hit, Person } from '../../store/api';
import { byDoor } from '../../ui/household';

export interface Filters {
  readonly due: boolean;
  readonly residence: readonly string[];
  /** a form somebody has a record of */
  readonly service: string;
}
export interface Shown {
  readonly bundle: Bundle;
  /** absent: the household as a whole was found */
  readonly person?: Person;
  readonly hit?: Hit;
}
export type Whose = { readonly persons: ReadonlyMap<string, DueItem>; readonly households: ReadonlySet<string> };

export const NO_FILTER: Filters = { due: false, residence: [], service: '' };

export const isOn = ({ due, residence, service }: Filters): boolean => due || residence.length > 0 || service !== '';

/** What is due now, by person; and the households with something due that is nobody's own. */
export function whoIsDue(items: readonly DueItem[]): Whose {
  const now = items.filter((item) => item.state !== 'later');
  const persons = new Map<string, DueItem>();
  for (const item of now) if (item.person && persons.get(item.person)?.state !== 'overdue') persons.set(item.person, item);
  return { persons, households: new Set(now.flatMap((item) => (!item.person && item.household ? [item.household] : []))) };
}

function fits({ bundle, person }: Shown, { due, residence, service }: Filters, whose: Whose): boolean {
  if (due && !(person && whose.persons.has(person.id)) && !whose.households.has(bundle.household.id)) return false;
  if (residence.length > 0 && !residence.includes(person?.residence ?? '')) return false;
  if (service === '') return true;
  return person !== undefined && bundle.records.some((r) => r.form === service && r.person === person.id && r.status === 'live');
}

const walked = new WeakMap<ReadonlyMap<string, Bundle>, Bundle[]>();

/** All households in walking order; sorted once, until something changes. */
export function inWalkingOrder(bundles: ReadonlyMap<string, Bundle>): readonly Bundle[] {
  const known = walked.get(bundles);
  if (known) return known;
  const sorted = [...bundles.values()].sort((a, b) => byDoor(a.household, b.household));
  walked.set(bundles, sorted);
  return sorted;
}

/** Those of the hits that fit, or with no search everybody who fits, door by door. */
export function chosen(bundles: ReadonlyMap<string, Bundle>, hits: readonly Hit[] | null, filters: Filters, whose: Whose): Shown[] {
  const all = hits === null ? inWalkingOrder(bundles).flatMap((bundle) => bundle.persons.map((person): Shown => ({ bundle, person }))) : hits.flatMap((hit) => found(bundles, hit));
  return isOn(filters) ? all.filter((one) => fits(one, filters, whose)) : all;
}

function found(bundles: ReadonlyMap<string, Bundle>, hit: Hit): Shown[] {
  const bundle = bundles.get(hit.household);
  const person = bundle?.persons.find((p) => p.id === hit.person);
  return bundle ? [{ bundle, hit, ...(person ? { person } : {}) }] : [];
}
