import { expect, test } from 'vitest';
import type { Bundle } from './api';
import { createDue } from './reading';

const home = (id: string): Bundle => ({ household: { id, area: '9901', rev: {} }, persons: [], records: [] });
const bundles = new Map(Array.from({ length: 100 }, (_, n) => [`h${n}`, home(`h${n}`)]));

function counted() {
  const asked: string[] = [];
  const due = createDue({
    versionOf: () => 1,
    due: ({ household }, today) => {
      asked.push(`${household.id} ${today}`);
      return [];
    },
  });
  return { asked, due };
}

test('a new day is worked out in slices, and then its list is at hand', async () => {
  const { asked, due } = counted();
  const done = due.ready(bundles, '2026-11-23');
  expect(asked.length).toBeLessThan(10);
  await done;
  due.all(bundles, '2026-11-23');
  expect(asked).toHaveLength(100);
});

test('the list of the day before stays at hand while the next day is worked out', async () => {
  const { asked, due } = counted();
  due.all(bundles, '2026-11-22');
  await due.ready(bundles, '2026-11-23');
  due.all(new Map(bundles), '2026-11-22');
  expect(asked).toHaveLength(200);
});
