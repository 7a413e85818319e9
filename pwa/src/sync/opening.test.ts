import { effect } from '@preact/signals';
import { expect, test } from 'vitest';
import type { Store } from '../store/api';
import type { Line } from './testing/line';
import { startPhone, type Phone } from './testing/phone';
import { family, village, visit } from './testing/village';

const whole = (store: Store): Promise<void> => new Promise((resolve) => effect(() => { if (store.whole.value) resolve(); }));

/** Thirty households that the town has; the first two are those she sees first. */
async function thirty(): Promise<{ phone: Phone; line: Line; houses: string[]; women: string[] }> {
  const { phone, line } = await village();
  const families: { house: string; person: string }[] = [];
  for (let n = 0; n < 30; n++) families.push(await family(phone));
  for (const { house, person } of families) await phone.store.record(visit({ household: house, person }));
  await phone.engine.sync();
  await phone.store.keepFront(families.slice(0, 2).map(({ house }) => house));
  await phone.restart();
  return { phone, line, houses: families.map(({ house }) => house), women: families.map(({ person }) => person) };
}

test('the first doors are here at once, the rest a moment later, all as they were', async () => {
  const { phone: { store }, houses, women } = await thirty();
  expect(store.whole.value).toBe(false);
  expect([...store.bundles.value.keys()].sort()).toEqual(houses.slice(0, 2).sort());
  await whole(store);
  expect([...store.bundles.value.keys()].sort()).toEqual([...houses].sort());
  expect(women.map((woman) => store.bundleOf(woman)?.records.length)).toEqual(women.map(() => 1));
});

test('what is recorded while the rest is being opened is there afterwards', async () => {
  const { phone: { store }, houses: [first = ''], women: [woman = ''] } = await thirty();
  const id = await store.record(visit({ household: first, person: woman }));
  expect(store.whole.value).toBe(false);
  await whole(store);
  expect(store.bundleOf(woman)?.records.map((rec) => rec.id)).toContain(id);
});

test('a correction waits for the whole, so that it is made against what is known', async () => {
  const { phone: { store }, women } = await thirty();
  const last = women[29] ?? '';
  await store.patch('person', last, { phone: '13000000000' });
  expect(store.whole.value).toBe(true);
  expect(store.bundleOf(last)?.persons[0]?.name).toBe('周桂兰');
});

test('sync waits for the whole: a row that comes is added to what lies there', async () => {
  const { phone, women } = await thirty();
  const last = women[29] ?? '';
  await phone.engine.sync();
  expect(phone.store.whole.value).toBe(true);
  expect(phone.store.bundleOf(last)?.records).toHaveLength(1);
});

test('a second window that records meanwhile does no harm', async () => {
  const { phone, line, houses: [first = ''] } = await thirty();
  const { store } = phone;
  const other = await startPhone(line, { factory: phone.factory });
  await whole(other.store);
  await other.store.record(visit({ household: first }));
  await whole(store);
  expect(store.bundles.value.size).toBe(30);
});

test('a store without first doors opens whole', async () => {
  const { phone } = await village();
  await family(phone);
  await phone.restart();
  expect(phone.store.whole.value).toBe(true);
});

test('only a whole store says which doors are the first', async () => {
  const { phone: { store }, houses } = await thirty();
  await store.keepFront(houses.slice(5, 9));
  expect(store.whole.value).toBe(false);
  await whole(store);
  expect(store.bundles.value.size).toBe(30);
});
