import { expect, test } from 'vitest';
import { lineTo } from './testing/line';
import { VILLAGE, startPhone } from './testing/phone';
import { Town } from './testing/town';

async function village() {
  const town = new Town();
  await town.open(VILLAGE);
  const line = lineTo(town);
  return { town, line, phone: await startPhone(line) };
}

async function household(phone: Awaited<ReturnType<typeof startPhone>>) {
  const house = phone.store.newId();
  const person = phone.store.newId();
  await phone.store.patch('household', house, { area: VILLAGE, group: '3', number: '12' });
  await phone.store.patch('person', person, { name: '周桂兰', sex: 'f', birth: '1988-04-02', household: house });
  return { house, person };
}

const visit = (person: string, household: string, answers = {}) => ({ form: 'household_visit', area: VILLAGE, person, household, occurredOn: '2026-11-30', answers });

test('a visit recorded without a line is there after a restart and reaches the town later', async () => {
  const { town, line, phone } = await village();
  const { house, person } = await household(phone);
  const id = await phone.store.record(visit(person, house, { result: 'met' }));
  await phone.restart();
  const bundle = phone.store.bundles.value.get(house);
  expect(bundle?.persons.map((p) => p.name)).toEqual(['周桂兰']);
  expect(bundle?.records.map((r) => [r.id, r.where])).toEqual([[id, 'here']]);
  expect(phone.store.status.value.unsent).toBe(3);
  line.faults = ['lost', 'lost'];
  expect(await phone.engine.sync()).toMatchObject({ ok: false, code: 'offline' });
  expect(await phone.engine.sync()).toMatchObject({ ok: false });
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 3 });
  expect(town.ids().has(id)).toBe(true);
  expect(phone.store.status.value).toMatchObject({ unsent: 0, lastReceipt: { count: 3 } });
  expect(phone.store.bundles.value.get(house)?.records.map((r) => r.where)).toEqual(['town']);
});

test('another phone sees it after its own sync', async () => {
  const { line, phone } = await village();
  const { house, person } = await household(phone);
  const id = await phone.store.record(visit(person, house));
  await phone.engine.sync();
  const second = await startPhone(line, { name: 'li' });
  expect(await second.engine.sync()).toMatchObject({ ok: true, received: 3 });
  expect(second.store.bundleOf(person)?.records.map((r) => r.id)).toEqual([id]);
  await second.restart();
  expect(second.store.bundleOf(person)?.household.number).toBe('12');
});
