import 'fake-indexeddb/auto';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Fields } from '../store/wire';
import { diskOf } from './testing/disk';
import { createKiller } from './testing/killer';
import { family, village, visit } from './testing/village';

const killer = createKiller();
afterEach(() => killer.revive());
afterAll(() => killer.remove());

test('an unsent record can be taken back, and numbers stay dense', async () => {
  const { town, phone } = await village();
  const { house } = await family(phone);
  const [first, second] = await phone.store.recordAll([visit({ household: house }), visit({ household: house })]);
  await phone.store.undo(first ?? '');
  expect(phone.store.bundles.value.get(house)?.records.map((r) => r.id)).toEqual([second]);
  await phone.engine.sync();
  expect([...town.state.numbers.keys()]).toEqual(['store-wang/1', 'store-wang/2', 'store-wang/3']);
  await phone.restart();
  expect(phone.store.bundles.value.get(house)?.records).toHaveLength(1);
});

test('what may have been on the line cannot be taken back', async () => {
  const { line, phone } = await village();
  await phone.engine.sync();
  const { house } = await family(phone);
  const id = await phone.store.record(visit({ household: house }));
  line.faults = ['answer_lost'];
  await phone.engine.sync();
  await expect(phone.store.undo(id)).rejects.toMatchObject({ code: 'already_sent' });
  await phone.restart();
  await expect(phone.store.undo(id)).rejects.toMatchObject({ code: 'already_sent' });
});

test('what later work stands on cannot be taken back', async () => {
  const { phone } = await village();
  const { house, person } = await family(phone);
  const creation = phone.store.bundleOf(person)?.persons[0]?.rev.name ?? '';
  const id = await phone.store.record(visit({ person, household: house }));
  const voided = await phone.store.voidRecord(id, '重复');
  await expect(phone.store.undo(id)).rejects.toMatchObject({ code: 'depended_on' });
  await expect(phone.store.undo(creation)).rejects.toMatchObject({ code: 'depended_on' });
  await phone.store.undo(voided);
  await phone.store.undo(id);
  await phone.store.undo(creation);
  expect(phone.store.bundles.value.get(house)?.persons).toEqual([]);
});

test('a correction shows at once and says that it waits', async () => {
  const { phone } = await village();
  const { house } = await family(phone);
  const id = await phone.store.record(visit({ household: house }, { result: 'met', note: 'x' }));
  await phone.engine.sync();
  await phone.store.amend(id, { result: 'away', note: null }, '写错了');
  expect(phone.store.bundles.value.get(house)?.records[0]).toMatchObject({ answers: { result: 'away' }, where: 'here', amends: [{ reason: '写错了' }] });
  await phone.engine.sync();
  expect(phone.store.bundles.value.get(house)?.records[0]).toMatchObject({ answers: { result: 'away' }, where: 'town' });
});

test('a patch names the event that set each field, waiting ones too', async () => {
  const { town, phone } = await village();
  const { person } = await family(phone);
  await phone.engine.sync();
  const first = await phone.store.patch('person', person, { phone: '1' });
  await phone.store.patch('person', person, { phone: '2', note: 'y' });
  expect(phone.store.bundleOf(person)?.persons[0]).toMatchObject({ phone: '2', waiting: ['phone', 'note'] });
  const sent: Fields[] = [];
  const push = town.push.bind(town);
  town.push = (body) => {
    sent.push(...body.events.map((event) => event.body.base ?? {}));
    return push(body);
  };
  await phone.engine.sync();
  expect(sent).toEqual([{ phone: null }, { phone: first, note: null }]);
  expect(phone.store.bundleOf(person)?.persons[0]).not.toHaveProperty('waiting');
});

test.each([
  ['a fraction', { weight: 62.5 }, 'bad_value'],
  ['half a character', { note: '\ud83d' }, 'bad_value'],
  ['a megabyte of text', { note: 'x'.repeat(1_000_000) }, 'too_large'],
])('%s is refused when it is written', async (_, answers, code) => {
  const { phone } = await village();
  const { house } = await family(phone);
  await expect(phone.store.record(visit({ household: house }, answers))).rejects.toMatchObject({ code });
  expect(phone.store.status.value.unsent).toBe(2);
});

test('a draft survives a restart and goes in the same transaction as its record', async () => {
  const { phone } = await village();
  const { house } = await family(phone);
  const { drafts } = phone.store;
  await Promise.all([drafts.save('visit', { step: 1 }), drafts.save('visit', { step: 2 }), drafts.save('other', 'x')]);
  await phone.restart();
  expect(phone.store.drafts.load('visit')).toEqual({ step: 2 });
  killer.after(2);
  await expect(phone.store.recordAll([visit({ household: house })], 'visit')).rejects.toBeDefined();
  killer.revive();
  await phone.restart();
  expect([phone.store.drafts.load('visit'), phone.store.status.value.unsent]).toEqual([{ step: 2 }, 2]);
  await phone.store.recordAll([visit({ household: house })], 'visit');
  await phone.restart();
  expect(phone.store.drafts.list().map((d) => d.key)).toEqual(['other']);
  expect(phone.store.status.value.unsent).toBe(3);
});

test('she is told when the disk has it, before any page shows it, and both are shown together', async () => {
  const { phone } = await village();
  const { house } = await family(phone);
  await phone.store.drafts.save('visit', { step: 3 });
  const shown = () => phone.store.bundles.value.get(house)?.records.length;
  const seen: unknown[] = [];
  await phone.store.recordAll([visit({ household: house })], 'visit', async () => {
    const { outbox, drafts } = await diskOf(phone.factory, 'wang');
    seen.push([outbox.length, drafts.length, shown()]);
    return () => seen.push(shown());
  });
  expect(seen).toEqual([[3, 0, 0], 1]);
});

test('what the disk did not take is not told as kept', async () => {
  const { phone } = await village();
  const { house } = await family(phone);
  let told = false;
  killer.after(1);
  await expect(phone.store.recordAll([visit({ household: house })], undefined, () => {
    told = true;
    return Promise.resolve(() => undefined);
  })).rejects.toMatchObject({ code: 'closed' });
  expect(told).toBe(false);
});
