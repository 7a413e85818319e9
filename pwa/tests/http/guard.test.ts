import { expect, test, vi } from 'vitest';
import type { Lock } from '../../src/store/keyring';
import { OTHER_PIN, PIN, WRONG, at, lockOf, locked, offline, visit, inTown } from './device';
import { PASSWORD } from './town';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const { town, phone, firstDay } = inTown();

test('another PIN is chosen with the old one', async () => {
  const session = await phone().start();
  const { worker } = await firstDay(session);
  await expect(session.changePin(WRONG, OTHER_PIN)).rejects.toThrow('wrong_pin');
  await session.changePin(PIN, OTHER_PIN);
  await session.lock();
  await expect(session.unlock(worker.id, PIN)).rejects.toThrow('wrong_pin');
  at(await session.unlock(worker.id, OTHER_PIN), 'open');
});

test('who tries her digits on the open phone waits from the third on, and the tenth locks it for good', async () => {
  const { start, time } = phone();
  const session = await start();
  const { worker, store } = await firstDay(session);
  await store.record(visit);
  const codes: string[] = [];
  const guess = () => session.changePin(WRONG, OTHER_PIN).catch((error: { code: string }) => codes.push(error.code));
  for (let n = 0; n < 4; n++) await guess();
  expect([codes.splice(0), session.state.value.at]).toEqual([['wrong_pin', 'wrong_pin', 'wrong_pin', 'pin_wait'], 'open']);
  for (let n = 0; n < 7; n++) {
    time.more += 3_600_000;
    await guess();
  }
  expect(codes.slice(-2)).toEqual(['wrong_pin', 'pin_gone']);
  expect(locked(session.state.value)).toMatchObject([{ worker: worker.id, door: 'gone', unsent: 1 }]);
});

test('the right digits end the count', async () => {
  const { start, directory } = phone();
  const session = await start();
  const { worker } = await firstDay(session);
  await session.changePin(WRONG, OTHER_PIN).catch(() => undefined);
  expect((await lockOf(directory(), worker.id))?.failed).toBe(1);
  await session.changePin(PIN, OTHER_PIN);
  expect((await lockOf(directory(), worker.id))?.failed).toBe(0);
});

test('with the phone’s own lock added her digits open only together with it, without a network, and a refusal is no try', async () => {
  const { start, line, finger, directory } = phone();
  const session = await start();
  const { worker, store } = await firstDay(session);
  await store.record(visit);
  expect(await session.guard()).toBe('off');
  await session.setGuard(PIN, true);
  expect(await session.guard()).toBe('on');
  line.broken = offline;
  const again = await start();
  await again.resume();
  finger.fits = false;
  await expect(again.unlock(worker.id, PIN)).rejects.toThrow('guard_refused');
  expect((await lockOf(directory(), worker.id))?.failed).toBe(0);
  finger.fits = true;
  await expect(again.unlock(worker.id, WRONG)).rejects.toThrow('wrong_pin');
  expect(at(await again.unlock(worker.id, PIN), 'open').store.status.value.unsent).toBe(1);
});

test('taken off again, the digits alone open it', async () => {
  const { start, finger } = phone();
  const session = await start();
  const { worker } = await firstDay(session);
  await session.setGuard(PIN, true);
  await session.setGuard(PIN, false);
  expect(await session.guard()).toBe('off');
  finger.fits = false;
  await session.lock();
  at(await session.unlock(worker.id, PIN), 'open');
});

test('wrong digits, or a phone that does not answer, leave everything as it was', async () => {
  const { start, finger, directory } = phone();
  const session = await start();
  const { worker } = await firstDay(session);
  const before = await lockOf(directory(), worker.id);
  await expect(session.setGuard(WRONG, true)).rejects.toThrow('wrong_pin');
  finger.fits = false;
  await expect(session.setGuard(PIN, true)).rejects.toThrow('guard_refused');
  const { wrap, guard } = (await lockOf(directory(), worker.id)) ?? {};
  expect([wrap, guard]).toEqual([before?.wrap, undefined]);
});

test('a lost phone lock costs no unsent record: it goes sealed, and she chooses anew', async () => {
  const { start, finger } = phone();
  const session = await start();
  const { worker, store } = await firstDay(session);
  const id = await store.record(visit);
  await session.setGuard(PIN, true);
  finger.forget();
  await session.lock();
  await expect(session.unlock(worker.id, PIN)).rejects.toThrow('guard_refused');
  expect(await session.deliver()).toMatchObject({ sent: 1, stuck: false });
  session.forgot(worker.id);
  at(await session.signIn('wang', PASSWORD), 'pin');
  const anew = at(await session.setPin(OTHER_PIN), 'open');
  await anew.engine.sync();
  expect(anew.store.loose.value.map((rec) => rec.id)).toContain(id);
  expect(await session.guard()).toBe('off');
});

test('two workers on one phone have a credential each, and neither opens the other’s store', async () => {
  const { start, directory } = phone();
  const session = await start();
  const wang = await firstDay(session);
  await session.setGuard(PIN, true);
  await session.signOut();
  const li = await firstDay(session, 'li', OTHER_PIN);
  expect(await session.guard()).toBe('off');
  await session.setGuard(OTHER_PIN, true);
  const guards = await Promise.all([wang, li].map(async ({ worker }) => (await lockOf(directory(), worker.id))?.guard?.id.join()));
  expect(new Set(guards).size).toBe(2);
  await session.lock();
  await expect(session.unlock(wang.worker.id, OTHER_PIN)).rejects.toThrow('wrong_pin');
  at(await session.unlock(wang.worker.id, PIN), 'open');
});

test('the lease counts as before: when it is over the phone’s lock is not even asked', async () => {
  const { start, time, finger, directory } = phone();
  const session = await start();
  const { worker } = await firstDay(session);
  await session.setGuard(PIN, true);
  await session.lock();
  const used = (lock: Lock): Lock => ({ ...lock, lease: { ...lock.lease, used: 30 } });
  await (await directory()).changeEntry(worker.id, (entry) => ({ ...entry, ...(entry.lock ? { lock: used(entry.lock) } : {}) }));
  time.days = 1;
  const asked = finger.asked;
  await expect(session.unlock(worker.id, PIN)).rejects.toThrow('lease_over');
  expect(finger.asked).toBe(asked);
});

test('another PIN keeps the phone’s own lock', async () => {
  const { start, finger } = phone();
  const session = await start();
  const { worker } = await firstDay(session);
  await session.setGuard(PIN, true);
  await session.changePin(PIN, OTHER_PIN);
  await session.lock();
  finger.fits = false;
  await expect(session.unlock(worker.id, OTHER_PIN)).rejects.toThrow('guard_refused');
  finger.fits = true;
  at(await session.unlock(worker.id, OTHER_PIN), 'open');
});

test.each([false, true])('a town that lost its shares gives others, and the digits open what lies here (phone’s lock: %s)', async (guarded) => {
  const { start, directory } = phone();
  const session = await start();
  const { worker } = await firstDay(session);
  if (guarded) await session.setGuard(PIN, true);
  const before = (await lockOf(directory(), worker.id))?.mark;
  await town.ask({ do: 'shares' });
  await session.lock();
  await session.signIn('wang', PASSWORD);
  at(await session.unlock(worker.id, PIN), 'open');
  await session.lock();
  at(await session.unlock(worker.id, PIN), 'open');
  expect((await lockOf(directory(), worker.id))?.mark).not.toBe(before);
});
