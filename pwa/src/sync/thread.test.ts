import { expect, test } from 'vitest';
import { startPhone } from './testing/phone';
import { family, village, visit } from './testing/village';

test('a visit recorded without a line is there after a restart and reaches the town later', async () => {
  const { town, line, phone } = await village();
  const { house, person } = await family(phone);
  const id = await phone.store.record(visit({ person, household: house }, { result: 'met' }));
  await phone.restart();
  const bundle = phone.store.bundles.value.get(house);
  expect(bundle?.persons.map((p) => p.name)).toEqual(['周桂兰']);
  expect(bundle?.records.map((r) => [r.id, r.where])).toEqual([[id, 'here']]);
  expect(phone.store.status.value).toMatchObject({ unsent: 3, oldestUnsent: phone.time.wall });
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
  const { house, person } = await family(phone);
  const id = await phone.store.record(visit({ person, household: house }));
  await phone.engine.sync();
  const second = await startPhone(line, { name: 'li' });
  expect(await second.engine.sync()).toMatchObject({ ok: true, received: 3 });
  expect(second.store.bundleOf(person)?.records.map((r) => r.id)).toEqual([id]);
  await second.restart();
  expect(second.store.bundleOf(person)?.household.number).toBe('12');
});

test('nothing new is one request', async () => {
  const { line, phone } = await village();
  await phone.engine.sync();
  line.asked.length = 0;
  expect(await phone.engine.sync()).toEqual({ ok: true, sent: 0, received: 0 });
  expect(line.asked).toEqual(['/api/sync/pull']);
});

test('a first snapshot cut off midway goes on where it was', async () => {
  const { town, line, phone } = await village();
  await family(phone);
  for (let i = 0; i < 6; i++) await phone.store.record(visit({ household: [...phone.store.bundles.value.keys()][0] ?? '' }));
  await phone.engine.sync();
  town.chunkRows = 2;
  const second = await startPhone(line, { name: 'li' });
  line.faults = ['ok', 'ok', 'ok', 'cut'];
  expect(await second.engine.sync()).toMatchObject({ ok: false, code: 'bad_digest' });
  expect(second.store.bundles.value.size).toBe(1);
  await second.restart();
  line.asked.length = 0;
  expect(await second.engine.sync()).toMatchObject({ ok: true });
  expect(line.asked.filter((path) => path.includes('snapshots'))).toHaveLength(3);
  expect(second.store.bundles.value).toEqual(phone.store.bundles.value);
});

test('batches stay below their bounds and everything goes in one run', async () => {
  const { line, phone } = await village();
  const { house } = await family(phone);
  const long = 'x'.repeat(30_000);
  await phone.store.recordAll(Array.from({ length: 12 }, () => visit({ household: house }, { note: long })));
  line.asked.length = 0;
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 14 });
  expect(line.asked.filter((path) => path.endsWith('/push')).length).toBeGreaterThan(2);
});
