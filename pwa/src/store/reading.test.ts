import { expect, test } from 'vitest';
import type { Bundle, DueItem } from './api';
import type { Book } from './book';
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

const DAY = '2026-11-23';
const item = (household: string, due: string): DueItem => ({
  schedule: 's', record: due, person: null, household, form: null, due, opens: due, closes: due, expires: due, state: 'due', late: 0, why: { zh: '', en: '' },
});

test('after a visit only her house is worked out anew, and the list is the one that all houses would give', () => {
  const asked: string[] = [];
  const book: Book = {
    versionOf: () => 1,
    due: ({ household: { id, note } }) => {
      asked.push(id);
      return note === 'done' ? [] : [item(id, `2026-11-${String(10 + (Number(id.slice(1)) % 7))}`), item(id, `2026-12-${note ?? '01'}`)];
    },
  };
  const due = createDue(book);
  due.all(bundles, DAY);
  asked.length = 0;
  const visited = new Map(bundles);
  visited.delete('h9');
  visited.set('h7', { ...home('h7'), household: { id: 'h7', area: '9901', note: 'done', rev: {} } });
  visited.set('h8', { ...home('h8'), household: { id: 'h8', area: '9901', note: '24', rev: {} } });
  const found = due.all(visited, DAY);
  expect(asked).toEqual(['h7', 'h8']);
  const inOrder = (items: readonly DueItem[]) => items.map((one) => `${one.due} ${one.household ?? ''}`).sort();
  expect(inOrder(found)).toEqual(inOrder(createDue(book).all(visited, DAY)));
  expect(found.map((one) => one.due)).toEqual(found.map((one) => one.due).sort());
});
