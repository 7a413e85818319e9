/** What the pages read of an open store. Nothing here waits. */
import { computed } from '@preact/signals';
import type { Bag, Bundle, CountyDays, DueItem, Store } from './api';
import type { Book } from './book';
import { uuid7 } from './bytes';
import { changesOf } from './changes';
import type { Core } from './core';
import { guestBundle, isGuest } from './guests';
import { pause, slices } from './slices';
import { statusOf } from './status';

/** Nothing was ever written down. */
const NOTHING: Bag = { lines: [], at: 0 };

type Reading = Pick<Store, 'bag' | 'countyDays' | 'worker' | 'cards' | 'names' | 'bundles' | 'loose' | 'status' | 'whole' | 'due' | 'dueIn' | 'ready' | 'bundleOf' | 'changes' | 'newId'>;

export function reading({ view, clock, ...core }: Core, due: Due): Reading {
  const here = () => core.news.value.worker.areas[0]?.code ?? '';
  return {
    bag: computed(() => core.news.value.bag ?? NOTHING),
    countyDays: computed(() => core.news.value.days),
    worker: computed(() => core.news.value.worker),
    cards: computed(() => core.news.value.cards),
    names: computed(() => ({ ...core.news.value.names, [core.news.value.worker.id]: core.news.value.worker.name })),
    bundles: view.bundles,
    loose: computed(() => (core.whole.value ? view.loose.value : [])),
    status: computed(() => statusOf(core.sync.value, core.locals.value, core.state.value, core.news.value, core.persisted.value)),
    whole: core.whole,
    due: (today) => due.all(view.bundles.value, today, core.news.value.days),
    dueIn: (bundle, today) => due.of(bundle, today, core.news.value.days),
    ready: (today) => due.ready(view.bundles.value, today, core.news.value.days),
    bundleOf: (person) => view.bundles.value.get(view.homeOf(person) ?? '') ?? (isGuest(person) ? guestBundle(person, here(), view.loose.value) : undefined),
    changes: (type, id) => changesOf(view.state(type, id), core.locals.value.filter((local) => speaksOf(local.event, type, id))),
    newId: () => uuid7(clock.now()),
  };
}

type Patch = { kind: string; schema: string; person?: string; household?: string };

function speaksOf(event: Patch, type: 'person' | 'household', id: string): boolean {
  return event.kind === 'patch' && event.schema.startsWith(type) && (type === 'person' ? event.person : event.household) === id;
}

export interface Due {
  of(bundle: Bundle, today: string, days?: CountyDays): DueItem[];
  all(bundles: ReadonlyMap<string, Bundle>, today: string, days?: CountyDays): DueItem[];
  /** Works a day out in slices, so that `all` has it at hand. */
  ready(bundles: ReadonlyMap<string, Bundle>, today: string, days?: CountyDays): Promise<void>;
}

interface DayList {
  readonly today: string;
  readonly items: DueItem[];
}

/** Households between two looks at what else the page has to do. */
const HOMES = 6;

/** What is due, worked out anew only in the bundles that something happened to (other days happen to all); the same list while nothing did. */
export function createDue(book: Book): Due {
  const known = new WeakMap<Bundle, readonly DayList[]>();
  const lists = new WeakMap<ReadonlyMap<string, Bundle>, DayList>();
  const of = (bundle: Bundle, today: string, days?: CountyDays) => {
    const was = known.get(bundle) ?? [];
    const there = was.find((one) => one.today === today);
    if (there) return there.items;
    const items = book.due(bundle, today, days);
    // The day before stays while the next one is worked out.
    known.set(bundle, [{ today, items }, ...was.slice(0, 1)]);
    return items;
  };
  const last: { list?: DayList; bundles?: ReadonlyMap<string, Bundle> } = {};
  const all = (bundles: ReadonlyMap<string, Bundle>, today: string, days?: CountyDays) => {
    const was = lists.get(bundles);
    if (was?.today === today) return was.items;
    const before = last.list?.today === today ? last.list.items : [];
    const items = merged(before, last.bundles && before.length ? last.bundles : new Map(), bundles, (bundle) => of(bundle, today, days));
    last.list = { today, items };
    last.bundles = bundles;
    lists.set(bundles, last.list);
    return items;
  };
  const ready = async (bundles: ReadonlyMap<string, Bundle>, today: string, days?: CountyDays) => {
    for (const some of slices(bundles.values(), HOMES)) {
      some.forEach((bundle) => of(bundle, today, days));
      await pause();
    }
  };
  return { of, all, ready };
}

/** The list of `now`, made from the one of `then` by what changed between them: after a visit that is one house of thousands. */
function merged(items: readonly DueItem[], then: ReadonlyMap<string, Bundle>, now: ReadonlyMap<string, Bundle>, of: (bundle: Bundle) => DueItem[]): DueItem[] {
  const gone = new Set<DueItem>();
  for (const [id, bundle] of then) if (now.get(id) !== bundle) of(bundle).forEach((item) => gone.add(item));
  const come: DueItem[] = [];
  for (const [id, bundle] of now) if (then.get(id) !== bundle) come.push(...of(bundle));
  return [...(gone.size ? items.filter((item) => !gone.has(item)) : items), ...come].sort(byDay);
}

const byDay = (a: DueItem, b: DueItem) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0);
