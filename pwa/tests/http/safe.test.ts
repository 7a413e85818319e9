import { expect, test, vi } from 'vitest';
import { createClock } from '../../src/clock';
import { openDirectory } from '../../src/store/directory';
import type { Lock } from '../../src/store/keyring';
import { createKiller } from '../../src/sync/testing/killer';
import { OTHER_PIN, PIN, WRONG, at, lockOf, locked, offline, visit, wrongTries, inTown } from './device';
import { PASSWORD } from './town';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const { town, phone, firstDay } = inTown();

test('a phone opens by its PIN without a network, and by no other', async () => {
  const { start, line } = phone();
  const open = await firstDay(await start());
  await open.store.record(visit);
  line.broken = offline;
  const again = await start();
  const [wang] = locked(await again.resume());
  expect(wang).toMatchObject({ initial: 'w', unsent: 1, door: 'pin' });
  await expect(again.unlock(wang?.worker ?? '', WRONG)).rejects.toThrow('wrong_pin');
  expect(at(await again.unlock(wang?.worker ?? '', PIN), 'open').store.status.value.unsent).toBe(1);
});

test('a PIN that everybody guesses is not taken', async () => {
  const session = await phone().start();
  await session.signIn('wang', PASSWORD);
  await session.register((await town.ask<{ code: string }>({ do: 'code', worker: 'wang' })).code);
  await expect(session.setPin('123456')).rejects.toThrow('pin_row');
});

test('locking drops the store and the same PIN opens it again', async () => {
  const session = await phone().start();
  const { worker, store } = await firstDay(session);
  locked(await session.lock());
  await expect(store.record(visit)).rejects.toThrow('closed');
  at(await session.unlock(worker.id, PIN), 'open');
});

test('a try is counted on disk before it is made: one that cannot be counted is not made, one that is cut off stays counted', async () => {
  const { start, directory } = phone();
  const session = await start();
  const { worker } = await firstDay(session);
  await session.lock();
  const killer = createKiller();
  try {
    killer.after(0);
    await expect(session.unlock(worker.id, PIN)).rejects.toThrow();
    expect(session.state.value.at).toBe('locked');
    killer.after(1);
    await session.unlock(worker.id, PIN).catch(() => undefined);
    killer.revive();
    expect((await lockOf(directory(), worker.id))?.failed).toBe(1);
  } finally {
    killer.remove();
  }
});

test('a third wrong PIN waits, also after a restart, and a clock set forward does not help', async () => {
  const { start, time } = phone();
  const session = await start();
  const { worker } = await firstDay(session);
  await session.lock();
  for (let i = 0; i < 3; i++) await session.unlock(worker.id, WRONG).catch(() => undefined);
  await expect(session.unlock(worker.id, PIN)).rejects.toThrow('pin_wait');
  time.days = 400;
  const again = await start();
  await again.resume();
  expect(again.waitFor(worker.id)).toBeGreaterThan(0);
  await expect(again.unlock(worker.id, PIN)).rejects.toThrow('pin_wait');
});

test('the tenth wrong PIN destroys the key; she still records, and nothing unsent is lost', async () => {
  const { start, time } = phone();
  const session = await start();
  const { worker, store } = await firstDay(session);
  const id = await store.record(visit);
  await session.lock();
  expect((await wrongTries(session, time, worker.id, 10)).slice(8)).toEqual(['wrong_pin', 'pin_gone']);
  expect(locked(session.state.value)[0]?.door).toBe('gone');
  await expect(session.unlock(worker.id, PIN)).rejects.toThrow('pin_gone');
  await session.jot(worker.id, { occurredOn: '2026-11-02', who: '村口第二家', what: '送了两盒' });
  expect(locked(session.state.value)[0]?.unsent).toBe(2);
  expect(await session.deliver()).toMatchObject({ sent: 2, stuck: false });
  const { parked } = await town.ask<{ parked: { reason: string; content: { body: { answers: object } } }[] }>({ do: 'parked' });
  expect(parked.find((one) => one.reason === 'unknown_schema')?.content.body.answers).toEqual({ who: '村口第二家', what: '送了两盒' });

  at(await session.signIn('wang', PASSWORD), 'pin');
  const anew = at(await session.setPin(OTHER_PIN), 'open');
  expect(await anew.engine.sync()).toMatchObject({ ok: true });
  expect(anew.store.loose.value.map((rec) => rec.id)).toContain(id);
  await anew.store.record(visit);
  expect(await anew.engine.sync()).toMatchObject({ ok: true, sent: 1 });
  expect(anew.store.status.value.parked).toEqual([]);
});

test('who forgot her PIN offers her work to the town and numbers go on above it', async () => {
  const { start, line } = phone();
  const session = await start();
  const { worker, store } = await firstDay(session);
  line.broken = (path) => (path.includes('/sync/') ? new Response('', { status: 502 }) : undefined);
  const before = await store.record(visit);
  await session.lock();
  session.forgot(worker.id);
  at(await session.signIn('wang', PASSWORD), 'pin');
  const anew = at(await session.setPin(OTHER_PIN), 'open');
  const after = await anew.store.record(visit);
  delete line.broken;
  expect(await anew.engine.sync()).toMatchObject({ ok: true });
  await anew.engine.sync();
  expect(anew.store.status.value.parked).toEqual([]);
  expect(anew.store.loose.value.map((rec) => rec.id)).toEqual(expect.arrayContaining([before, after]));
});

test('when the lease is over a PIN opens nothing, and signing in once opens it with the same PIN', async () => {
  const { start, time, line, directory } = phone();
  const session = await start();
  const { worker } = await firstDay(session);
  line.broken = offline;
  await session.lock();
  const used = (lock: Lock): Lock => ({ ...lock, lease: { ...lock.lease, used: 29, day: createClock().today() } });
  await (await directory()).changeEntry(worker.id, (entry) => ({ ...entry, ...(entry.lock ? { lock: used(entry.lock) } : {}) }));
  time.days = 1;
  await expect(session.unlock(worker.id, PIN)).rejects.toThrow('lease_over');
  expect(locked(session.state.value)[0]?.door).toBe('over');
  await session.jot(worker.id, { occurredOn: '2026-11-02', who: '村口第二家', what: '送了两盒' });
  expect(locked(session.state.value)[0]?.unsent).toBe(1);
  delete line.broken;
  await session.signIn('wang', PASSWORD);
  at(await session.unlock(worker.id, PIN), 'open');
});

test('two weeks of use after its end the phone forgets the server’s share, and signing in brings it back', async () => {
  const { start, time, directory } = phone();
  const session = await start();
  const { worker } = await firstDay(session);
  await session.lock();
  const spent = (lock: Lock): Lock => ({ ...lock, lease: { ...lock.lease, used: 30, day: createClock().today() } });
  await (await directory()).changeEntry(worker.id, (entry) => ({ ...entry, ...(entry.lock ? { lock: spent(entry.lock) } : {}) }));
  const shares: boolean[] = [];
  for (time.days = 1; time.days <= 14; time.days++) {
    await (await start()).resume();
    shares.push(Boolean((await lockOf(directory(), worker.id))?.share));
  }
  expect(shares).toEqual([...Array<boolean>(13).fill(true), false]);
  const again = await start();
  await again.signIn('wang', PASSWORD);
  at(await again.unlock(worker.id, PIN), 'open');
});

test('two workers share a phone: each opens her own, and one’s rows are delivered while the other is at work', async () => {
  const { start } = phone();
  const session = await start();
  const wang = await firstDay(session);
  await wang.store.record(visit);
  await session.signOut();
  const li = await firstDay(session, 'li', OTHER_PIN);
  expect(li.shared).toBe(true);
  expect(li.store.loose.value).toEqual([]);
  await li.engine.sync();
  await session.lock();
  expect(locked(session.state.value).map((one) => one.unsent)).toEqual([0, 0]);
  await expect(session.unlock(wang.worker.id, OTHER_PIN)).rejects.toThrow('wrong_pin');
  at(await session.unlock(wang.worker.id, PIN), 'open');
});

test('a browser that has emptied the phone is noticed by the session that is left', async () => {
  const { start, indexedDB } = phone();
  await firstDay(await start());
  (await openDirectory(indexedDB)).close();
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name ?? '');
  expect(await (await start()).resume()).toMatchObject({ at: 'unregistered', why: 'store_emptied' });
});

test('the same is noticed by a session that sleeps: she signs in and is told', async () => {
  const { start, indexedDB } = phone();
  await firstDay(await start());
  (await openDirectory(indexedDB)).close();
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name ?? '');
  await town.ask({ do: 'sleep' });
  const session = await start();
  at(await session.resume(), 'signed_out');
  expect(await session.signIn('wang', PASSWORD)).toMatchObject({ at: 'unregistered', why: 'store_emptied' });
});
