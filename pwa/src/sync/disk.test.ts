import 'fake-indexeddb/auto';
import { afterAll, afterEach, expect, test } from 'vitest';
import { diskOf } from './testing/disk';
import { createKiller } from './testing/killer';
import { VILLAGE, startPhone } from './testing/phone';
import { family, village, visit } from './testing/village';

const killer = createKiller();
afterEach(() => killer.revive());
afterAll(() => killer.remove());

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

test('of one form begun in two windows the later words stand at the next start', async () => {
  for (let n = 0; n < 8; n++) { // the rows lie in the order of random ids
    const { line, phone } = await village();
    const other = await startPhone(line, { name: 'wang', factory: phone.factory });
    await other.store.drafts.save('household_visit:her', { note: 'first' });
    await phone.store.drafts.save('household_visit:her', { note: 'later' });
    await phone.restart();
    expect(phone.store.drafts.load('household_visit:her')).toEqual({ note: 'later' });
    expect(phone.store.drafts.list()).toHaveLength(1);
  }
});

test.each([['that it began itself', true], ['that it had not heard of', false]])('a form recorded in one window %s leaves no draft of another window’s', async (_, begun) => {
  const { line, phone } = await village();
  const { house } = await family(phone);
  const other = await startPhone(line, { name: 'wang', factory: phone.factory });
  if (begun) await phone.store.drafts.save('household_visit:her', { note: 'first' });
  await other.store.drafts.save('household_visit:her', { note: 'later' });
  await other.store.drafts.save('household_visit:him', { note: 'another' });
  await phone.store.recordAll([visit({ household: house })], 'household_visit:her');
  await phone.restart();
  expect(phone.store.drafts.list().map(({ key }) => key)).toEqual(['household_visit:him']);
});

test('a draft thrown away in one window is gone for the other, too', async () => {
  const { line, phone } = await village();
  const other = await startPhone(line, { name: 'wang', factory: phone.factory });
  await phone.store.drafts.save('household_visit:her', { note: 'first' });
  await other.store.drafts.save('household_visit:her', { note: 'later' });
  await phone.store.drafts.drop('household_visit:her');
  await phone.restart();
  expect(phone.store.drafts.list()).toEqual([]);
});

test('a store that is closed says so when a draft is saved, thrown away or recorded', async () => {
  const { phone } = await village();
  const { house } = await family(phone);
  await phone.store.drafts.save('begun', { step: 1 });
  const { drafts } = phone.store;
  await phone.store.close();
  await expect(drafts.save('begun', { step: 2 })).rejects.toMatchObject({ code: 'closed' });
  await expect(drafts.save('new', 1)).rejects.toMatchObject({ code: 'closed' });
  await expect(phone.store.recordAll([visit({ household: house })], 'begun')).rejects.toMatchObject({ code: 'closed' });
  await expect(drafts.drop('begun')).rejects.toMatchObject({ code: 'closed' });
});

test('a newer version of the app gets the database at once, and this window says so', async () => {
  const { phone } = await village();
  const request = phone.factory.open('wang', 2);
  await new Promise<void>((resolve) => void (request.onsuccess = () => resolve()));
  request.result.close();
  expect(phone.store.status.value.state).toMatchObject({ at: 'stopped', code: 'closed' });
  await expect(phone.store.record(visit({}))).rejects.toMatchObject({ code: 'closed' });
});
