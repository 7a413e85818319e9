import { expect, test } from 'vitest';
import { FEED, family, say, village, visit } from './testing/village';
import type { Fault } from './testing/line';

const lineFaults: [Fault, string][] = [
  ['lost', 'offline'],
  ['answer_lost', 'offline'],
  ['cut', 'bad_digest'],
  ['flipped', 'bad_digest'],
  ['portal', 'captive_portal'],
  ['gateway', 'bad_gateway'],
  ['busy', 'busy'],
  ['slow', 'timed_out'],
];

test.each(lineFaults)('when the answer to a push is %s, sync stops with %s and nothing is lost or doubled', async (fault, code) => {
  const { town, line, phone } = await village();
  await phone.engine.sync();
  const { house } = await family(phone);
  await phone.store.record(visit({ household: house }));
  line.faults = [fault];
  expect(await phone.engine.sync()).toMatchObject({ ok: false, code });
  expect(phone.store.status.value).toMatchObject({ unsent: 3, state: { at: 'stopped', code } });
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 3 });
  expect(town.state.feeds.get(FEED)?.rows).toHaveLength(3);
});

test.each(lineFaults)('when the answer to a pull is %s, the phone stays as it was and then catches up', async (fault, code) => {
  const { town, line, phone } = await village();
  const { house } = await family(phone);
  await phone.engine.sync();
  const before = phone.store.bundles.value.get(house);
  await say(town, 'state', { type: 'household', set: { number: '13' }, rev: { number: 'x' } }, { household: house });
  line.faults = [fault];
  expect(await phone.engine.sync()).toMatchObject({ ok: false, code });
  expect(phone.store.bundles.value.get(house)).toBe(before);
  expect(await phone.engine.sync()).toMatchObject({ ok: true, received: 1 });
  expect(phone.store.bundles.value.get(house)?.household.number).toBe('13');
});

test('an old answer to a pull changes nothing', async () => {
  const { line, phone } = await village();
  await family(phone);
  await phone.engine.sync();
  await phone.engine.sync();
  const before = phone.store.bundles.value;
  line.faults = ['stale'];
  await phone.engine.sync();
  await phone.engine.sync();
  expect(phone.store.bundles.value).toEqual(before);
});

test('an old answer is not believed, nor what time it is by it, and the next true one tells that she was erased', async () => {
  const { town, line, phone } = await village();
  const { house, person } = await family(phone);
  await phone.engine.sync();
  await phone.engine.sync();
  await say(town, 'erase', { person }, { person });
  const { feeds, clockOffset } = phone.store.status.value;
  phone.time.wall += 3_600_000;
  line.faults = ['stale'];
  expect(await phone.engine.sync()).toMatchObject({ ok: false, code: 'bad_answer' });
  expect(phone.store.status.value).toMatchObject({ feeds, clockOffset });
  expect(await phone.engine.sync()).toMatchObject({ ok: true, received: 1 });
  expect(phone.store.bundles.value.get(house)?.persons).toEqual([]);
});

test('Retry-After is honoured', async () => {
  const { line, phone } = await village();
  await phone.engine.sync();
  line.faults = ['busy'];
  const outcome = await phone.engine.sync();
  expect(outcome).toMatchObject({ ok: false, code: 'busy' });
  expect(!outcome.ok && outcome.retryAt - phone.time.wall).toBeGreaterThanOrEqual(7_000);
});

test('a batch that is too large for the server goes in halves', async () => {
  const { line, phone } = await village();
  await phone.engine.sync();
  const { house } = await family(phone);
  await phone.store.recordAll(Array.from({ length: 6 }, () => visit({ household: house })));
  line.faults = ['too_large', 'too_large'];
  line.asked.length = 0;
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 8 });
  expect(line.asked.filter((path) => path.endsWith('/push'))).toHaveLength(2 + 3);
});

test('results that do not add up are not believed', async () => {
  const { town, phone } = await village();
  await phone.engine.sync();
  await family(phone);
  const push = town.push.bind(town);
  town.push = async (body) => ({ ...(await push(body)), results: [[1, 'accepted']] });
  expect(await phone.engine.sync()).toMatchObject({ ok: false, code: 'bad_answer' });
  expect(phone.store.status.value.unsent).toBe(2);
});
