/** Which door is meant by village, group and number. Pure. */
import type { Bundle, Value } from '../../store/api';
import { wallNumber } from '../../ui/household';

export interface Place {
  readonly area: string;
  readonly group: string;
  readonly number: string;
  /** which of several households at this door */
  readonly household?: string;
}

const bare = (text: string): string => text.normalize('NFKC').trim().replace(/[组号]$/, '');

/** The households that hang this number in this group; a register may have two. */
export function doorsAt(bundles: Iterable<Bundle>, { area, group, number }: Place): Bundle[] {
  const wanted = wallNumber(bare(number));
  if (wanted === '') return [];
  return [...bundles].filter(({ household: h }) => h.area === area && !h.none && bare(h.group ?? '') === bare(group) && h.number !== undefined && wallNumber(bare(h.number)) === wanted);
}

/** The household that is meant: the one that was picked, else the first at the door; none where it is new. */
export function householdAt(bundles: Iterable<Bundle>, place: Place): Bundle | undefined {
  const found = doorsAt(bundles, place);
  return found.find((b) => b.household.id === place.household) ?? found[0];
}

/** The groups somebody lives in there, as they are written. */
export function groupsOf(bundles: Iterable<Bundle>, area: string): string[] {
  const found = new Set([...bundles].flatMap(({ household: h }) => (h.area === area && h.group ? [h.group] : [])));
  return [...found].sort((a, b) => parseInt(a, 10) - parseInt(b, 10) || (a < b ? -1 : 1));
}

/** What a new household starts with. */
export function newDoor({ area, group, number }: Place): { [field: string]: Value } {
  return { area, ...(group.trim() ? { group: group.trim() } : {}), ...(bare(number) ? { number: bare(number) } : {}) };
}
