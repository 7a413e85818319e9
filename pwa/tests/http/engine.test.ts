import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Store } from '../../src/store/api';
import { search } from '../../src/store/search';
import { opened, phoneIn } from './phone';
import { PASSWORD, type RealTown, VILLAGE, startTown } from './town';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let town: RealTown;
beforeAll(async () => void (town = await startTown()));
afterAll(() => town.stop());

const phoneOf = (worker: string) => phoneIn(town, worker);

async function newFamily(store: Store, phone = '13800005678') {
  const house = store.newId();
  const person = store.newId();
  await store.patch('household', house, { area: VILLAGE, group: '3', number: '12' });
  await store.patch('person', person, { name: '周桂兰', sex: 'f', birth: { year: 1988, month: 4 }, household: house, phone, id_number: '110105198804023829' });
  return { house, person };
}

const given = (purpose: string) => ({ purpose, decision: 'given', text_version: '2026-1', mode: 'oral' });
const visitOn = (occurredOn: string) => ({ form: 'household_visit', area: VILLAGE, occurredOn, answers: { result: 'met' } });

test('a visit with consent and hand-out goes up once, comes back, and reaches a colleague', async () => {
  const wang = await phoneOf('wang');
  const { house, person } = await newFamily(wang.store);
  const about = { area: VILLAGE, person, household: house, occurredOn: '2026-11-01' };
  const [consent, supply] = await wang.store.recordAll([
    { form: 'consent', ...about, answers: given('supply') },
    { form: 'contraceptive_supply', ...about, answers: { item: 'condom', quantity: 20 } },
    { ...visitOn('2026-11-01'), household: house },
  ]);
  const outcome = await wang.engine.sync();
  expect(wang.store.status.value.parked).toEqual([]);
  expect(outcome).toMatchObject({ ok: true, sent: 5 });
  const li = await phoneOf('li');
  expect(await li.engine.sync()).toMatchObject({ ok: true });
  const bundle = li.store.bundles.value.get(house);
  expect(bundle?.persons[0]).toMatchObject({ name: '周桂兰', nameKey: 'zhou guilan|zgl', idLast4: '3829', birth: { year: 1988, month: 4 } });
  expect(bundle?.records.map((rec) => rec.id)).toEqual(expect.arrayContaining([consent, supply]));
  expect(search(li.store, 'zgl')).toHaveLength(1);
  expect(wang.store.bundles.value.get(house)).toEqual({ ...bundle, records: expect.arrayContaining(bundle?.records ?? []) as unknown });
});

test('a phone registered again sends what it recorded under its earlier store too', async () => {
  const wang = await phoneOf('wang');
  const { house } = await newFamily(wang.store);
  await wang.engine.sync();
  await wang.store.record({ ...visitOn('2026-11-07'), household: house });
  const { code } = await town.ask<{ code: string }>({ do: 'code', worker: 'wang' });
  const anew = opened(await wang.session.register(code, 'again'));
  await anew.store.record({ ...visitOn('2026-11-08'), household: house });
  expect(anew.store.status.value.unsent).toBe(2);
  expect(await anew.engine.sync()).toMatchObject({ ok: true, sent: 2 });
  expect(anew.store.bundles.value.get(house)?.records.map((rec) => rec.where)).toEqual(['town', 'town']);
});

test('signing out keeps what was not sent', async () => {
  const wang = await phoneOf('wang');
  await newFamily(wang.store);
  expect((await wang.session.signOut()).at).toBe('signed_out');
  const back = opened(await wang.session.signIn('wang', PASSWORD));
  expect(back.store.status.value.unsent).toBe(2);
  expect(await back.engine.sync()).toMatchObject({ ok: true, sent: 2 });
});

test('nothing new is one request', async () => {
  const wang = await phoneOf('wang');
  await wang.engine.sync();
  wang.browser.asked.length = 0;
  expect(await wang.engine.sync()).toEqual({ ok: true, sent: 0, received: 0 });
  expect(wang.browser.asked).toEqual(['GET /api/sync/pull']);
});

test('two workers change the same telephone number: both are told that the town keeps both', async () => {
  const [wang, li] = [await phoneOf('wang'), await phoneOf('li')];
  const { person } = await newFamily(wang.store);
  await wang.engine.sync();
  await li.engine.sync();
  await wang.store.patch('person', person, { phone: '13900000001' });
  await li.store.patch('person', person, { phone: '13900000002' });
  await wang.engine.sync();
  await li.engine.sync();
  expect(li.store.status.value.parked).toMatchObject([{ code: 'conflict:phone', person }]);
  expect(li.store.bundleOf(person)?.persons[0]?.phone).toBe('13900000001');
});

test('a patch on a patch that still waits is no conflict', async () => {
  const wang = await phoneOf('wang');
  const { person } = await newFamily(wang.store);
  await wang.store.patch('person', person, { phone: '13900000003' });
  await wang.engine.sync();
  await wang.store.patch('person', person, { phone: '13900000004', id_number: '110105198804023802' });
  await wang.engine.sync();
  expect(wang.store.status.value.parked).toEqual([]);
  expect(wang.store.bundleOf(person)?.persons[0]).toMatchObject({ phone: '13900000004', idLast4: '3802' });
});

test('an amended and a voided record look the same on both phones', async () => {
  const [wang, li] = [await phoneOf('wang'), await phoneOf('li')];
  const { house } = await newFamily(wang.store);
  const first = await wang.store.record({ ...visitOn('2026-11-02'), household: house });
  const second = await wang.store.record({ ...visitOn('2026-11-03'), household: house });
  await wang.engine.sync();
  await wang.store.amend(first, { result: 'away' }, '写错了');
  await wang.store.voidRecord(second, '重复');
  await wang.engine.sync();
  await li.engine.sync();
  const seen = (store: Store) => store.bundles.value.get(house)?.records.map((rec) => [rec.id, rec.status, rec.answers, rec.where]);
  expect(seen(li.store)).toEqual([[second, 'void', { result: 'met' }, 'town'], [first, 'live', { result: 'away' }, 'town']]);
  expect(seen(wang.store)).toEqual(seen(li.store));
});

test('a village too large for a tail comes as a snapshot and equals what its author sees', async () => {
  const wang = await phoneOf('wang');
  for (let i = 0; i < 80; i++) {
    const { house, person } = await newFamily(wang.store, `1380000${1000 + i}`);
    await wang.store.record({ form: 'consent', area: VILLAGE, person, household: house, occurredOn: '2026-11-01', answers: given('supply') });
    await wang.store.record({ ...visitOn('2026-11-01'), household: house });
  }
  await wang.engine.sync();
  const li = await phoneOf('li');
  expect(await li.engine.sync()).toMatchObject({ ok: true });
  expect(li.browser.asked.filter((path) => path.startsWith('GET /api/sync/pull')).length).toBeLessThanOrEqual(2);
  const plain = (store: Store) => new Map([...store.bundles.value].map(([id, b]) => [id, { house: b.household, people: b.persons, records: b.records.filter((r) => r.status === 'live').map((r) => [r.id, r.answers, r.person]) }]));
  expect(plain(li.store)).toEqual(plain(wang.store));
  const later = await li.again();
  expect(plain(later.store)).toEqual(plain(wang.store));
  await later.store.close();
});

test('a woman erased at the town while she is visited offline: her data goes, the visit is kept and asks', async () => {
  const wang = await phoneOf('wang');
  const { house, person } = await newFamily(wang.store);
  await wang.engine.sync();
  const visit = await wang.store.record({ form: 'consent', area: VILLAGE, person, household: house, occurredOn: '2026-11-01', answers: given('supply') });
  await town.ask({ do: 'erase', person });
  await wang.engine.sync();
  expect(wang.store.status.value.parked).toMatchObject([{ id: visit, code: 'erased_person', person }]);
  expect(wang.store.bundleOf(person)).toBeUndefined();
  expect(wang.store.loose.value.map((rec) => [rec.id, rec.where])).toEqual([[visit, 'ask']]);
});

test('a server put back to yesterday gets everything again', async () => {
  const wang = await phoneOf('wang');
  await town.ask({ do: 'backup' });
  const { house, person } = await newFamily(wang.store);
  const visit = await wang.store.record({ ...visitOn('2026-11-05'), household: house });
  await wang.engine.sync();
  const before = wang.store.bundles.value.get(house);
  await town.ask({ do: 'restore' });
  const outcome = await wang.engine.sync();
  expect(outcome).toMatchObject({ ok: true });
  expect(wang.store.bundles.value.get(house)).toEqual({ ...before, records: expect.arrayContaining([expect.objectContaining({ id: visit, where: 'town' })]) as unknown });
  expect(wang.store.bundleOf(person)?.persons).toHaveLength(1);
  expect(wang.store.status.value.notices[0]?.code).toBe('restored_server');
});

test('a village taken away with unsent work: the work arrives, the village leaves the phone', async () => {
  const li = await phoneOf('li');
  const { house } = await newFamily(li.store);
  await li.engine.sync();
  const visit = await li.store.record({ ...visitOn('2026-11-06'), household: house });
  await town.ask({ do: 'revoke', worker: 'li', area: VILLAGE });
  expect(await li.engine.sync()).toMatchObject({ ok: true, sent: 1 });
  expect([...li.store.bundles.value.keys()]).toEqual([]);
  expect(li.store.status.value.feeds.some((feed) => feed.area === VILLAGE)).toBe(false);
  const wang = await phoneOf('wang');
  await wang.engine.sync();
  expect(wang.store.bundles.value.get(house)?.records.map((rec) => rec.id)).toEqual([visit]);
});
