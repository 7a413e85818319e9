/** Village → group → grid → household, in walking order. Pure. */
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

function sorted<Key>(bundles: Iterable<Bundle>, keyOf: (bundle: Bundle) => Key): Map<Key, Bundle[]> {
  const found = new Map<Key, Bundle[]>();
  for (const bundle of bundles) {
    const key = keyOf(bundle);
    const same = found.get(key);
    if (same) same.push(bundle);
    else found.set(key, [bundle]);
  }
  return found;
}

/** Everyone on this phone. */
export const everyone = (bundles: Iterable<Bundle>): Branch => branch('', [...bundles], new Set());

/** One branch an area, in the order given. */
export function villages(codes: readonly string[], bundles: Iterable<Bundle>, due: ReadonlySet<string>): Branch[] {
  const lived = sorted(bundles, (b) => b.household.area);
  return codes.map((code) => branch(code, lived.get(code) ?? [], due));
}

/** By number where there is one; those without come last. */
const byNumber = (a: string, b: string): number =>
  Number(a === UNGROUPED) - Number(b === UNGROUPED) || parseInt(a, 10) - parseInt(b, 10) || (a < b ? -1 : a > b ? 1 : 0);

/** The groups of one village, by number; those without a group last. */
export function groups(area: string, bundles: Iterable<Bundle>, due: ReadonlySet<string>): Branch[] {
  const here = sorted([...bundles].filter((b) => b.household.area === area), groupOf);
  return [...here].sort(([a], [b]) => byNumber(a, b)).map(([code, lived]) => branch(code, lived, due));
}

/** The doors of one group, in walking order; of one grid of it, where one is named. */
export const doors = (area: string, group: string, bundles: Iterable<Bundle>, grid?: string): Bundle[] =>
  [...bundles]
    .filter((b) => b.household.area === area && groupOf(b) === group && (grid === undefined || b.household.grid === grid))
    .sort((a, b) => byDoor(a.household, b.household));

/** The grids of one group; none where it has but one. */
export function grids(area: string, group: string, bundles: Iterable<Bundle>): string[] {
  const found = new Set(doors(area, group, bundles).flatMap(({ household }) => household.grid ?? []));
  return found.size > 1 ? [...found].sort(byNumber) : [];
}

export const isUngrouped = (code: string): boolean => code === UNGROUPED;
