/** Village → group → household, in walking order. Pure. */
import type { Bundle, DueItem } from '../../store/api';
import { byDoor } from '../../ui/household';

export interface Branch {
  readonly code: string;
  readonly households: number;
  readonly people: number;
  /** households with something due or late */
  readonly due: number;
}

const UNGROUPED = '-';

export const dueHouseholds = (items: readonly DueItem[]): ReadonlySet<string> =>
  new Set(items.filter((item) => item.state !== 'later').flatMap((item) => (item.household ? [item.household] : [])));

function branch(code: string, bundles: readonly Bundle[], due: ReadonlySet<string>): Branch {
  return {
    code,
    households: bundles.filter((b) => !b.household.none).length,
    people: bundles.reduce((n, b) => n + b.persons.length, 0),
    due: bundles.filter((b) => due.has(b.household.id)).length,
  };
}

const groupOf = (bundle: Bundle): string => bundle.household.group ?? UNGROUPED;

/** One branch an area, in the order given. */
export function villages(codes: readonly string[], bundles: Iterable<Bundle>, due: ReadonlySet<string>): Branch[] {
  const all = [...bundles];
  return codes.map((code) => branch(code, all.filter((b) => b.household.area === code), due));
}

/** The groups of one village, by number; those without a group last. */
export function groups(area: string, bundles: Iterable<Bundle>, due: ReadonlySet<string>): Branch[] {
  const here = [...bundles].filter((b) => b.household.area === area);
  const codes = [...new Set(here.map(groupOf))].sort((a, b) => Number(a === UNGROUPED) - Number(b === UNGROUPED) || parseInt(a, 10) - parseInt(b, 10) || (a < b ? -1 : 1));
  return codes.map((code) => branch(code, here.filter((b) => groupOf(b) === code), due));
}

/** The doors of one group, in walking order. */
export const doors = (area: string, group: string, bundles: Iterable<Bundle>): Bundle[] =>
  [...bundles].filter((b) => b.household.area === area && groupOf(b) === group).sort((a, b) => byDoor(a.household, b.household));

export const isUngrouped = (code: string): boolean => code === UNGROUPED;
