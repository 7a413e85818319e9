import { expect, test } from 'vitest';
import { OTHER_VILLAGE, startPhone } from './testing/phone';
import { FEED, family, village, visit } from './testing/village';

test('a feed with a hole is fetched anew, and that is said', async () => {
  const { town, phone } = await village();
  const { house } = await family(phone);
  await phone.engine.sync();
  await phone.store.record(visit({ household: house }));
  const pull = town.pull.bind(town);
  town.pull = (...asked) => {
    const answer = pull(...asked);
    return asked[1]?.length ? answer : { ...answer, events: answer.events.map((row) => ({ ...row, q: row.q + 1 })) };
  };
  expect(await phone.engine.sync()).toMatchObject({ ok: true });
  expect(phone.store.status.value.notices.map((n) => n.code)).toEqual(['feed_refetched']);
  expect(phone.store.bundles.value.get(house)?.records).toHaveLength(1);
});

test('a chain that is not the server\'s is fetched anew', async () => {
  const { town, phone } = await village();
  const { house } = await family(phone);
  await phone.engine.sync();
  await phone.store.record(visit({ household: house }));
  const pull = town.pull.bind(town);
  town.pull = (...asked) => {
    const answer = pull(...asked);
    return asked[1]?.length ? answer : { ...answer, heads: Object.fromEntries(Object.keys(answer.heads).map((f) => [f, [3, 'AAAAAAAAAAB']])) };
  };
  expect(await phone.engine.sync()).toMatchObject({ ok: true });
  expect(phone.store.status.value.notices.map((n) => n.code)).toEqual(['feed_refetched']);
});

test('a cursor the server does not know starts the mirror over and keeps the outbox', async () => {
  const { town, phone } = await village();
  const { house } = await family(phone);
  await phone.engine.sync();
  await phone.store.record(visit({ household: house }));
  const pull = town.pull.bind(town);
  town.pull = (c, ...more) => pull(c === null ? null : 'forged', ...more);
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 1 });
  expect(phone.store.bundles.value.get(house)?.records).toHaveLength(1);
});

test('a restored server is met in a push: what no backup holds goes up again', async () => {
  const { town, phone } = await village();
  await phone.engine.sync();
  town.saveBackup();
  const { house } = await family(phone);
  await phone.engine.sync();
  town.restore();
  await phone.store.record(visit({ household: house }));
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 3 });
  expect(phone.store.status.value.notices.map((n) => n.code)).toContain('restored_server');
  expect(town.state.feeds.get(FEED)?.rows).toHaveLength(3);
});

test('a server that promises more and sends nothing is left alone', async () => {
  const { town, line, phone } = await village();
  await family(phone);
  await phone.engine.sync();
  const pull = town.pull.bind(town);
  town.pull = (...asked) => ({ ...pull(...asked), events: [], heads: {}, more: true });
  line.asked.length = 0;
  expect(await phone.engine.sync()).toMatchObject({ ok: false, code: 'bad_answer' });
  expect(line.asked.length).toBeLessThan(6);
});

test('an answer that does not count what was sent is not believed', async () => {
  const { town, phone } = await village();
  await phone.engine.sync();
  await family(phone);
  town.push = ({ events }) => Promise.resolve({ epoch: 'e1', now: 0, have: 1, missing: [], backed_up: 0, results: [[events.length, 'accepted']] });
  expect(await phone.engine.sync()).toMatchObject({ ok: false, code: 'bad_answer' });
  expect(phone.store.status.value.unsent).toBe(2);
});

test('what a backup holds leaves the phone', async () => {
  const { town, phone } = await village();
  const { house } = await family(phone);
  await phone.engine.sync();
  town.backedUp = 2;
  await phone.store.record(visit({ household: house }));
  await phone.engine.sync();
  town.restore();
  expect(phone.store.port.unsent()).toBe(0);
  await phone.store.port.meetEpoch('another');
  expect(phone.store.status.value.unsent).toBe(1);
});

test('a village taken away leaves the phone, its unsent work does not', async () => {
  const { town, phone } = await village();
  const { house } = await family(phone);
  await phone.engine.sync();
  const id = await phone.store.record(visit({ household: house }));
  town.grants.clear();
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 1 });
  expect(phone.store.bundles.value.size).toBe(0);
  expect(phone.store.status.value.feeds).toEqual([]);
  expect(town.ids().has(id)).toBe(true);
});

test('a village taken away while its snapshot was coming in leaves nothing behind', async () => {
  const { town, line, phone } = await village();
  const { house } = await family(phone);
  await phone.store.recordAll([visit({ household: house }), visit({ household: house })]);
  await phone.engine.sync();
  town.chunkRows = 1;
  const second = await startPhone(line, { name: 'li' });
  line.faults = ['ok', 'ok', 'ok', 'lost'];
  await second.engine.sync();
  expect(second.store.bundles.value.size).toBe(1);
  town.grants.clear();
  await second.engine.sync();
  expect(second.store.bundles.value.size).toBe(0);
  await second.restart();
  expect([second.store.bundles.value.size, second.store.status.value.feeds]).toEqual([0, []]);
});

test('a village taken away while there is no line keeps its unsent work on the phone', async () => {
  const { town, line, phone } = await village();
  const { house } = await family(phone);
  await phone.engine.sync();
  await phone.store.record(visit({ household: house }));
  town.grants.clear();
  line.faults = ['lost'];
  await phone.engine.sync();
  await phone.restart();
  expect(phone.store.status.value.unsent).toBe(1);
});

test('a parked record is kept whole and asks, and holds up nothing', async () => {
  const { phone } = await village();
  const { house } = await family(phone);
  const [bad, good] = await phone.store.recordAll([visit({ household: house }, {}, 'unheard_of'), visit({ household: house })]);
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 3 });
  expect(phone.store.status.value).toMatchObject({ unsent: 0, parked: [{ id: bad, code: 'unknown_schema', household: house }] });
  await phone.restart();
  expect(phone.store.bundles.value.get(house)?.records.map((r) => [r.id, r.where]).sort()).toEqual([[bad, 'ask'], [good, 'town']].sort());
  await phone.store.dismiss(bad ?? '');
  expect(phone.store.status.value.parked).toEqual([]);
});

test('a cloned phone: both facts are kept, and this phone asks to be registered again', async () => {
  const { town, line, phone } = await village();
  const clone = await startPhone(line, { name: 'li', storeId: 'store-wang' });
  const { house } = await family(phone);
  await phone.engine.sync();
  const lost = await clone.store.record(visit({ household: house }));
  expect(await clone.engine.sync()).toMatchObject({ ok: false, code: 'fork', retryAt: 0 });
  expect(clone.store.status.value.parked).toMatchObject([{ id: lost, code: 'fork' }]);
  expect([...town.state.parked.keys()]).toHaveLength(1);
});

test('a phone whose memory was emptied starts its numbers above what the server has', async () => {
  const { town, line, phone } = await village();
  const { house } = await family(phone);
  await phone.engine.sync();
  const emptied = await startPhone(line, { name: 'wang' });
  town.top = 2;
  const id = await emptied.store.record(visit({ household: house }));
  expect(await emptied.engine.sync()).toMatchObject({ ok: true, sent: 1 });
  expect(town.state.numbers.get('store-wang/3')).toBe(id);
  expect(emptied.store.status.value.notices.map((n) => n.code)).toContain('store_emptied');
});

test('a phone clock three years off sends and receives all the same, and knows it is off', async () => {
  const threeYears = 3 * 365 * 86_400_000;
  const { town, phone } = await village({ wall: 1_800_000_000_000 - threeYears });
  const { house } = await family(phone);
  await phone.store.record(visit({ household: house }));
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 3 });
  expect(phone.store.status.value.clockOffset).toBe(threeYears);
  expect(phone.clock.today(phone.store.status.value.clockOffset)).toBe('2027-01-15');
  expect(town.state.feeds.get(FEED)?.rows).toHaveLength(3);
});

test('work for a village that is not hers is kept and sent', async () => {
  const { town, phone } = await village();
  await town.open(OTHER_VILLAGE);
  const house = phone.store.newId();
  await phone.store.patch('household', house, { area: OTHER_VILLAGE });
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 1 });
});
