import { expect, test } from 'vitest';
import { VILLAGE } from './testing/phone';
import { FEED, family, say, village, visit } from './testing/village';

async function visited() {
  const all = await village();
  const { house, person } = await family(all.phone);
  const id = await all.phone.store.record(visit({ person, household: house }, { result: 'met' }));
  await all.phone.engine.sync();
  return { ...all, house, person, id };
}

test('hidden rows leave the phone, revealed ones come back', async () => {
  const { town, phone, house, id } = await visited();
  const row = town.state.feeds.get(FEED)?.rows.find((r) => r.id === id);
  await say(town, 'hide', { ids: [id] });
  await phone.engine.sync();
  expect(phone.store.bundles.value.get(house)?.records).toEqual([]);
  await say(town, 'reveal', { events: [row] });
  await phone.engine.sync();
  expect(phone.store.bundles.value.get(house)?.records.map((r) => r.id)).toEqual([id]);
});

test('an erased woman leaves no copy, not even in what is kept for a restore', async () => {
  const { town, phone, house, person } = await visited();
  await say(town, 'erase', { person }, { person });
  await phone.engine.sync();
  expect(phone.store.bundles.value.get(house)?.persons).toEqual([]);
  expect(phone.store.loose.value).toEqual([]);
  await phone.restart();
  expect(phone.store.loose.value).toEqual([]);
  await phone.store.port.meetEpoch('a restored server');
  expect(phone.store.port.unsent()).toBe(1);
});

test('a woman erased while she is visited offline: the visit is kept and shown apart', async () => {
  const { town, phone, house, person } = await visited();
  const second = await phone.store.record(visit({ person, household: house }));
  await say(town, 'erase', { person }, { person });
  town.state.taken.set(second, 'another digest');
  await phone.engine.sync();
  expect(phone.store.loose.value.map((r) => [r.id, r.where])).toEqual([[second, 'ask']]);
  expect(phone.store.status.value.parked.map((p) => p.id)).toEqual([second]);
});

test('who moves away leaves with her rows', async () => {
  const { town, phone, house, person } = await visited();
  await say(town, 'move', { person, household: house, to: '990131101202' }, { person });
  await phone.engine.sync();
  expect(phone.store.bundleOf(person)).toBeUndefined();
  expect(phone.store.bundles.value.get(house)?.records).toEqual([]);
});

test('merged people are one until they are unmerged', async () => {
  const { town, phone, house, person, id } = await visited();
  const twin = phone.store.newId();
  await phone.store.patch('person', twin, { name: '周桂蓝' }, { household: house });
  const hers = await phone.store.record(visit({ person: twin, household: house }));
  await phone.engine.sync();
  await say(town, 'merge', { from: twin, to: person }, { person: twin });
  await phone.engine.sync();
  const merged = phone.store.bundles.value.get(house);
  expect(merged?.persons.map((p) => p.id)).toEqual([person]);
  expect(merged?.records.map((r) => [r.id, r.person]).sort()).toEqual([[hers, person], [id, person]].sort());
  expect(phone.store.bundleOf(twin)).toBe(merged);
  await phone.restart();
  expect(phone.store.bundles.value.get(house)?.persons).toHaveLength(1);
  await say(town, 'unmerge', { from: twin, to: person }, { person: twin });
  await phone.engine.sync();
  expect(phone.store.bundles.value.get(house)?.persons).toHaveLength(2);
});

test('a note shows neither form nor answers, and gives way to the whole record', async () => {
  const { town, phone, house, person } = await visited();
  const of = phone.store.newId();
  await say(town, 'note', { of, purpose: 'service_record', occurred_on: '2026-11-20', next: '2027-02', person }, { person });
  await phone.engine.sync();
  const note = phone.store.bundles.value.get(house)?.records.find((r) => r.id === of);
  expect(note).toMatchObject({ seenAs: 'note', form: '', answers: {}, next: '2027-02', purpose: 'service_record' });
  const body = { occurred_on: '2026-11-20', answers: { method: 'iud' } };
  await town.append(FEED, { id: of, kind: 'record', schema: 'contraceptive_followup/1', person, area: VILLAGE, body, digest: 'AAAA' });
  await phone.engine.sync();
  expect(phone.store.bundles.value.get(house)?.records.filter((r) => r.id === of)).toMatchObject([{ form: 'contraceptive_followup', answers: { method: 'iud' } }]);
});

test('a kind this version does not know is kept, and its feed goes on', async () => {
  const { town, phone, house, person } = await visited();
  await say(town, 'holiday', { until: '2027-02-01' }, { person });
  await say(town, 'state', { type: 'household', set: { number: '14' }, rev: { '*': 'x' } }, { household: house });
  expect(await phone.engine.sync()).toMatchObject({ ok: true, received: 2 });
  expect(phone.store.bundles.value.get(house)?.household.number).toBe('14');
});

test('a row that lost its body keeps its place in the chain', async () => {
  const { town, phone } = await visited();
  const rows = town.state.feeds.get(FEED)?.rows ?? [];
  await say(town, 'note', { of: 'x', purpose: 'supply', occurred_on: '2026-01-01' });
  const last = rows.length - 1;
  const { body, ...bare } = rows[last] ?? { body: null };
  expect(body).not.toBeNull();
  rows[last] = bare as never;
  expect(await phone.engine.sync()).toMatchObject({ ok: true, received: 1 });
});

test('a grant changes where she works', async () => {
  const { town, phone } = await visited();
  const areas = [{ code: VILLAGE, name: '东坡村', role: 'technician' }];
  await say(town, 'grant', { areas, worker: phone.store.worker.value.id });
  await phone.engine.sync();
  await phone.restart();
  expect(phone.store.worker.value.areas).toEqual(areas);
});

test('a grant tells a liaison the villages of her township', async () => {
  const { town, phone } = await visited();
  const villages = [{ code: VILLAGE, name: '东坡村' }, { code: '990131101299', name: '西坡村' }];
  await say(town, 'grant', { areas: [], villages, worker: phone.store.worker.value.id });
  await phone.engine.sync();
  await phone.restart();
  expect(phone.store.worker.value.villages).toEqual(villages);
});

test('someone who moves into another household is shown there with her records', async () => {
  const { town, phone, house, person, id } = await visited();
  const other = phone.store.newId();
  await phone.store.patch('household', other, { area: VILLAGE, number: '20' });
  await phone.store.patch('person', person, { household: other });
  expect(phone.store.bundleOf(person)?.household.id).toBe(other);
  await phone.engine.sync();
  expect(phone.store.bundles.value.get(house)?.persons).toEqual([]);
  expect(phone.store.bundles.value.get(other)?.records.map((r) => r.id)).toEqual([id]);
  await phone.restart();
  expect(phone.store.bundleOf(person)?.records).toHaveLength(1);
  expect(town.state.feeds.get(FEED)?.rows).toHaveLength(5);
});

test('a household that moved away leaves the feed, with its visits', async () => {
  const { town, phone } = await village();
  const { house } = await family(phone);
  await phone.store.record(visit({ household: house }));
  await phone.engine.sync();
  await say(town, 'move', { household: house, to: '990131101299' }, { household: house });
  await phone.engine.sync();
  expect(phone.store.bundles.value.get(house)?.household.number).toBeUndefined();
  expect(phone.store.bundles.value.get(house)?.records ?? []).toEqual([]);
});
