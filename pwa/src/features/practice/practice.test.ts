import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { createClock } from '../../clock';
import { PRACTICE, openPractice } from '../../sync/practice';
import { enterPractice } from './enter';
import { fakeVillage } from './village';

const TODAY = '2026-12-01';
const clock = createClock({ wall: () => Date.parse(`${TODAY}T09:00:00`), steady: () => 0 });

async function practised() {
  const indexedDB = new IDBFactory();
  const practice = await enterPractice({ indexedDB, clock });
  return { indexedDB, practice, names: async () => (await indexedDB.databases()).map((db) => db.name) };
}

test('the practice village has work that is late, for today and for this week', async () => {
  const { practice } = await practised();
  const due = practice.store.due(TODAY).map(({ schedule, state, due }) => [schedule, state, due]);
  expect(due).toContainEqual(['condom', 'overdue', '2026-11-28']);
  expect(due).toContainEqual(['condom', 'due', TODAY]);
  expect(due).toContainEqual(['iud_cn', 'due', '2026-12-02']);
  await practice.leave();
});

test('practice lies in a database of its own, which leaving deletes', async () => {
  const { practice, names } = await practised();
  expect(await names()).toEqual([PRACTICE]);
  await practice.leave();
  expect(await names()).toEqual([]);
});

test('what is practised stays on the phone: the engine has no line', async () => {
  const { practice } = await practised();
  const [home] = [...practice.store.bundles.value.values()];
  await practice.store.record({ form: 'household_visit', area: home?.household.area ?? '', occurredOn: TODAY, answers: { presence: 'not_home' }, household: home?.household.id ?? '' });
  expect(await practice.engine.sync()).toEqual({ ok: false, code: 'practice', retryAt: 0 });
  expect(practice.store.status.value.unsent).toBe(1);
  await practice.leave();
});

test('each practice begins afresh', async () => {
  const indexedDB = new IDBFactory();
  const first = await openPractice({ indexedDB, clock }, fakeVillage(TODAY));
  await first.store.record({ form: 'household_visit', area: '000000000001', occurredOn: TODAY, answers: { presence: 'not_home' } });
  await first.leave();
  const second = await openPractice({ indexedDB, clock }, fakeVillage(TODAY));
  expect(second.store.status.value.unsent).toBe(0);
  await second.leave();
});
