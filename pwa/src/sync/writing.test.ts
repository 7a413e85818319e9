import 'fake-indexeddb/auto';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Fields } from '../store/wire';
import { diskOf } from './testing/disk';
import { createKiller } from './testing/killer';
import { VILLAGE, startPhone } from './testing/phone';
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

test('killed between any two writes of a visit, it is there whole or not at all', async () => {
  for (let n = 0; n < 8; n++) {
    const { phone } = await village();
    const { house } = await family(phone);
    killer.after(n);
    const done = await phone.store.recordAll([visit({ household: house }), visit({ household: house }), visit({ household: house })]).then(() => 5, () => 2);
    killer.revive();
    await phone.restart();
    expect(phone.store.status.value.unsent).toBe(done);
    expect((await diskOf(phone.factory, 'wang')).outbox.map((row) => row.dseq)).toEqual(Array.from({ length: done }, (_, i) => i + 1));
  }
});

test('killed between any two writes of a first sync, it goes on and ends the same', async () => {
  const { town, line, phone } = await village();
  const { house } = await family(phone);
  await phone.store.recordAll([visit({ household: house }), visit({ household: house })]);
  await phone.engine.sync();
  town.chunkRows = 2;
  for (let n = 0; n < 14; n++) {
    const second = await startPhone(line, { name: `li${n}` });
    const own = await second.store.record(visit({ household: house }));
    killer.after(n);
    await second.engine.sync();
    killer.revive();
    await second.restart();
    await second.engine.sync();
    expect(second.store.bundles.value.get(house)?.records.map((r) => r.id)).toContain(own);
    expect(second.store.bundles.value.get(house)?.records).toHaveLength(3 + n);
  }
});

test('nothing about a person lies in the clear, neither her name nor what was recorded', async () => {
  const { phone } = await village();
  const { house, person } = await family(phone);
  await phone.store.drafts.save(`household_visit:${person}`, { note: 'sekret-draft' });
  await phone.store.record(visit({ person, household: house }, { note: 'sekret-answer' }));
  await phone.engine.sync();
  await phone.store.record(visit({ person, household: house }, { note: 'sekret-waiting' }));
  const { text, rows } = await diskOf(phone.factory, 'wang');
  expect(rows.map((row) => row.b)).toEqual([house]);
  for (const word of ['周桂兰', 'sekret', 'household_visit', '1988', VILLAGE]) expect(text).not.toContain(word);
});

test('a sealed row under another row\'s id is not opened, and the others are', async () => {
  const { phone } = await village();
  const { house } = await family(phone);
  const moved = phone.store.newId();
  const request = phone.factory.open('wang');
  await new Promise<void>((resolve) => {
    request.onsuccess = () => {
      const tx = request.result.transaction('outbox', 'readwrite');
      const table = tx.objectStore('outbox');
      table.get(['store-wang', 1]).onsuccess = (event) => table.put({ ...((event.target as IDBRequest).result as object), id: moved });
      tx.oncomplete = () => resolve();
    };
  });
  await phone.restart();
  expect(phone.store.bundles.value.get(house)?.household.number).toBeUndefined();
  expect(phone.store.status.value).toMatchObject({ unsent: 1, notices: [{ code: 'unreadable' }] });
});

test('with another key nothing opens and nothing is changed', async () => {
  const { line, phone } = await village();
  await family(phone);
  await phone.engine.sync();
  const before = await diskOf(phone.factory, 'wang');
  await expect(startPhone(line, { factory: phone.factory, key: 'another key of thirty-two bytes.' })).rejects.toMatchObject({ code: 'unreadable' });
  expect(await diskOf(phone.factory, 'wang')).toEqual(before);
});

test('a damaged row of the mirror is fetched anew with its feed', async () => {
  const { phone } = await village();
  const { house } = await family(phone);
  await phone.engine.sync();
  const request = phone.factory.open('wang');
  await new Promise<void>((resolve) => {
    request.onsuccess = () => {
      const tx = request.result.transaction('rows', 'readwrite');
      const table = tx.objectStore('rows');
      table.openCursor().onsuccess = (event) => {
        const cursor = (event.target as IDBRequest<IDBCursorWithValue>).result;
        cursor.update({ ...(cursor.value as object), box: new Uint8Array(40) });
      };
      tx.oncomplete = () => resolve();
    };
  });
  await phone.restart();
  expect(await phone.engine.sync()).toMatchObject({ ok: true });
  expect(phone.store.bundles.value.get(house)?.household.number).toBe('12');
});

test('two windows show the same, whoever writes', async () => {
  const { line, phone } = await village();
  const { house } = await family(phone);
  const other = await startPhone(line, { name: 'wang', factory: phone.factory });
  const id = await phone.store.record(visit({ household: house }));
  await expect.poll(() => other.store.bundles.value.get(house)?.records.map((r) => r.id)).toEqual([id]);
  await other.engine.sync();
  await expect.poll(() => phone.store.status.value.unsent).toBe(0);
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 0 });
});
