/** Today's list: what is due, merged per door and sorted as one walks. Pure. */
import { endOfWeek } from '../../i18n/days';
import type { Bundle, DueItem, Household, Person } from '../../store/api';
import { byDoor } from '../../ui/household';

export type When = 'overdue' | 'today' | 'week';

export interface Task {
  readonly item: DueItem;
  readonly person: Person;
}

export interface DoorTasks {
  readonly household: Household;
  readonly bundle: Bundle;
  readonly tasks: readonly Task[];
}

export type Sections = Readonly<Record<When, readonly DoorTasks[]>>;

const ORDER: readonly When[] = ['overdue', 'today', 'week'];

/** Where an item stands, or null when it is for a later week. */
export function whenOf(item: DueItem, today: string, sunday = endOfWeek(today)): When | null {
  if (item.state === 'overdue') return 'overdue';
  if (item.due <= today) return 'today';
  return item.state === 'due' || item.opens <= sunday ? 'week' : null;
}

function taskOf(item: DueItem, bundle: Bundle): Task | null {
  const person = bundle.persons.find((p) => p.id === item.person);
  return person ? { item, person } : null;
}

interface Placed {
  readonly when: When;
  readonly door: DoorTasks;
}

const known = new WeakMap<Bundle, { today: string; items: readonly DueItem[]; placed: Placed | null }>();

/** The same door while nothing behind it changed: a township's list is made anew after every visit. */
function place(bundle: Bundle, items: readonly DueItem[], today: string): Placed | null {
  const was = known.get(bundle);
  if (was?.today === today && was.items.length === items.length && was.items.every((item, i) => item === items[i])) return was.placed;
  const placed = placeAnew(bundle, items, today);
  known.set(bundle, { today, items, placed });
  return placed;
}

function placeAnew(bundle: Bundle, items: readonly DueItem[], today: string): Placed | null {
  const tasks = items.flatMap((item) => taskOf(item, bundle) ?? []).sort((a, b) => (a.item.due < b.item.due ? -1 : 1));
  const whens = tasks.map((task) => whenOf(task.item, today));
  const when = ORDER.find((w) => whens.includes(w));
  return when && tasks.length > 0 ? { when, door: { household: bundle.household, bundle, tasks } } : null;
}

/** The list by urgency; a door stands once, with all that is due behind it, where its most urgent item belongs. */
export function sections(items: readonly DueItem[], bundles: ReadonlyMap<string, Bundle>, today: string): Sections {
  const behind = new Map<string, DueItem[]>();
  const sunday = endOfWeek(today);
  for (const item of items) {
    if (!whenOf(item, today, sunday)) continue;
    const key = item.household ?? item.person ?? '';
    const here = behind.get(key);
    if (here) here.push(item);
    else behind.set(key, [item]);
  }
  const placed = [...behind].flatMap(([id, here]) => {
    const bundle = bundles.get(id);
    return (bundle && place(bundle, here, today)) ?? [];
  });
  const of = (when: When): DoorTasks[] =>
    placed.filter((p) => p.when === when).map((p) => p.door).sort((a, b) => byDoor(a.household, b.household));
  return { overdue: of('overdue'), today: of('today'), week: of('week') };
}

/** The doors at which one enters a group on the walk, by household id; a heading stands before each. */
export const firstOfGroup = (doors: readonly DoorTasks[]): string[] =>
  doors.filter(({ household }, i) => {
    const before = doors[i - 1]?.household;
    return before?.area !== household.area || before.group !== household.group;
  }).map((door) => door.household.id);

/** How many items wait for her now: late or due, not those of the coming days. */
export const waiting = (found: Sections, today: string): number =>
  ORDER.flatMap((when) => found[when]).flatMap((door) => door.tasks).filter((task) => whenOf(task.item, today) !== 'week').length;
