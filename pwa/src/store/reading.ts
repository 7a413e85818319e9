/** What the pages read of an open store. Nothing here waits. */
import { computed } from '@preact/signals';
import type { Bag, Bundle, DueItem, Store } from './api';
import type { Book } from './book';
import { uuid7 } from './bytes';
import { changesOf } from './changes';
import type { Core } from './core';
import { createSearch } from './search';
import { createSpeller } from './spelling';
import { statusOf } from './status';

/** Nothing was ever written down. */
const NOTHING: Bag = { lines: [], at: 0 };

type Reading = Pick<Store, 'bag' | 'worker' | 'cards' | 'names' | 'bundles' | 'loose' | 'status' | 'whole' | 'due' | 'search' | 'spell' | 'bundleOf' | 'changes' | 'newId'>;

export function reading({ view, clock, ...core }: Core, due: Due): Reading {
  const speller = createSpeller();
  const find = createSearch(speller);
  const spell = (name: string) => {
    for (const bundle of view.bundles.value.values()) speller.learn(bundle);
    return speller.spell(name);
  };
  return {
    bag: computed(() => core.news.value.bag ?? NOTHING),
    worker: computed(() => core.news.value.worker),
    cards: computed(() => core.news.value.cards),
    names: computed(() => ({ ...core.news.value.names, [core.news.value.worker.id]: core.news.value.worker.name })),
    bundles: view.bundles,
    loose: computed(() => (core.whole.value ? view.loose.value : [])),
    status: computed(() => statusOf(core.sync.value, core.locals.value, core.state.value, core.news.value, core.persisted.value)),
    whole: core.whole,
    due: (today) => due.all(view.bundles.value, today),
    search: (text) => find(view.bundles.value.values(), text),
    spell,
    bundleOf: (person) => view.bundles.value.get(view.homeOf(person) ?? ''),
    changes: (type, id) => changesOf(view.state(type, id), core.locals.value.filter((local) => speaksOf(local.event, type, id))),
    newId: () => uuid7(clock.now()),
  };
}

type Patch = { kind: string; schema: string; person?: string; household?: string };

function speaksOf(event: Patch, type: 'person' | 'household', id: string): boolean {
  return event.kind === 'patch' && event.schema.startsWith(type) && (type === 'person' ? event.person : event.household) === id;
}

export interface Due {
  of(bundle: Bundle, today: string): DueItem[];
  all(bundles: ReadonlyMap<string, Bundle>, today: string): DueItem[];
}

/** What is due, worked out anew only in the bundles that something happened to; the same list while nothing did. */
export function createDue(book: Book): Due {
  const known = new WeakMap<Bundle, { today: string; items: DueItem[] }>();
  const lists = new WeakMap<ReadonlyMap<string, Bundle>, { today: string; items: DueItem[] }>();
  const of = (bundle: Bundle, today: string) => {
    const was = known.get(bundle);
    if (was?.today === today) return was.items;
    const items = book.due(bundle, today);
    known.set(bundle, { today, items });
    return items;
  };
  const all = (bundles: ReadonlyMap<string, Bundle>, today: string) => {
    const was = lists.get(bundles);
    if (was?.today === today) return was.items;
    const items = [...bundles.values()].flatMap((bundle) => of(bundle, today)).sort(byDay);
    lists.set(bundles, { today, items });
    return items;
  };
  return { of, all };
}

const byDay = (a: DueItem, b: DueItem) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0);
