import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createClock } from '../../src/clock';
import { openDirectory } from '../../src/store/directory';
import type { Lock } from '../../src/store/keyring';
import { type SessionState, createSession } from '../../src/sync/session';
import { createTransport } from '../../src/sync/transport';
import { PASSWORD, type RealTown, VILLAGE, browserOf, startTown } from './town';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const [PIN, OTHER_PIN, WRONG] = ['735194', '409718', '735195'];
/** What is tried here does not depend on how long a try takes; that a phone takes no fewer than the floor is keyring.test.ts. */
const rounds = 1_000;

let town: RealTown;
beforeAll(async () => void (town = await startTown()));
afterAll(() => town.stop());

type Broken = (path: string) => Response | undefined;

/** One phone: its disk, its line, a steady clock that can be moved on; `start` opens the app anew. */
function phone() {
  const indexedDB = new IDBFactory();
  const browser = browserOf(town);
  const time = { more: 0, days: 0 };
  const line: { broken?: Broken } = {};
  const clock = createClock({ wall: () => Date.now() + time.days * 86_400_000, steady: () => performance.now() + time.more });
  const fetching: typeof fetch = async (input, init) => line.broken?.(input as string) ?? browser.fetch(input, init);
  const transport = createTransport({ fetch: fetching });
  const start = () => createSession({ indexedDB, clock, transport, rounds });
  return { indexedDB, time, line, start, directory: () => openDirectory(indexedDB) };
}
type Session = Awaited<ReturnType<ReturnType<typeof phone>['start']>>;

function at<A extends SessionState['at']>(state: SessionState, wanted: A): Extract<SessionState, { at: A }> {
  if (state.at !== wanted) throw new Error(`the session is ${state.at}, not ${wanted}`);
  return state as Extract<SessionState, { at: A }>;
}

async function firstDay(session: Session, worker = 'wang', pin = PIN) {
  let state = await session.signIn(worker, PASSWORD);
  if (state.at === 'unregistered') state = await session.register((await town.ask<{ code: string }>({ do: 'code', worker })).code);
  at(state, 'pin');
  return at(await session.setPin(pin), 'open');
}

const visit = { form: 'household_visit', area: VILLAGE, occurredOn: '2026-11-01', answers: { result: 'met' } };
const offline: Broken = () => { throw new TypeError('Failed to fetch'); };
const locked = (state: SessionState) => at(state, 'locked').people;

async function wrongTries(session: Session, time: { more: number }, worker: string, n: number) {
  const codes: string[] = [];
  for (let i = 0; i < n; i++) {
    await session.unlock(worker, WRONG).catch((error: { code: string }) => codes.push(error.code));
    time.more += 3_600_000;
  }
  return codes;
}

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
  delete line.broken;
  await session.signIn('wang', PASSWORD);
  at(await session.unlock(worker.id, PIN), 'open');
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

test('a lost phone delivers what it holds, then wipes itself and says so', async () => {
  const { start, directory } = phone();
  const session = await start();
  const { store } = await firstDay(session);
  await store.record(visit);
  const device = (await (await directory()).registration())?.phone;
  await town.ask({ do: 'phone', phone: device, state: 'lost' });
  await session.lock();
  expect(await session.deliver()).toMatchObject({ sent: 1, wipe: true });
  expect(session.state.value).toMatchObject({ at: 'signed_out', why: 'wiped' });
  const after = await directory();
  expect([await after.entries(), await after.registration()]).toEqual([[], undefined]);
  const { parked } = await town.ask<{ parked: { reason: string }[] }>({ do: 'parked' });
  expect(parked.map((one) => one.reason)).toContain('phone_not_active');
  expect((await town.ask<{ wiped_at: number | null }>({ do: 'phone', phone: device })).wiped_at).not.toBeNull();
});

test('a lost phone that is open hears of it at its next sync', async () => {
  const { start, directory } = phone();
  const session = await start();
  const { engine } = await firstDay(session);
  const device = (await (await directory()).registration())?.phone;
  await town.ask({ do: 'phone', phone: device, state: 'lost' });
  await engine.sync();
  expect(session.state.value).toMatchObject({ at: 'signed_out', why: 'wiped' });
});

test.each([
  ['a portal’s page', () => new Response('<html>wipe</html>', { headers: { 'content-type': 'text/html' } })],
  ['an order that nobody signed', () => told({ order: 'wipe', nonce: 'x', signature: 'AAAA' })],
  ['a refusal', () => new Response('{"code":"phone_revoked","order":{"order":"wipe"}}', { status: 403, headers: { 'content-type': 'application/json' } })],
])('%s wipes nothing', async (_, answer: () => Response | Promise<Response>) => {
  const { start, line, directory } = phone();
  const session = await start();
  await firstDay(session);
  await session.lock();
  line.broken = (path) => (path.startsWith('/api/sync/deliver') ? (answer() as Response) : undefined);
  await session.deliver().catch(() => undefined);
  expect(session.state.value.at).toBe('locked');
  expect(await (await directory()).entries()).toHaveLength(1);
});

test('what the lock page still delivers takes nobody away from signing in', async () => {
  const { start, line } = phone();
  const session = await start();
  const { store } = await firstDay(session);
  await store.record(visit);
  await session.lock();
  line.broken = (path) => (path === '/api/auth/logout' ? new Response('{}', { headers: { 'content-type': 'application/json' } }) : undefined);
  const delivering = session.deliver();
  at(await session.signOut(), 'signed_out');
  expect(await delivering).toMatchObject({ sent: 1 });
  at(session.state.value, 'signed_out');
});

/** A whole, well-formed answer of a deliver with this order in it, from who has not the town's key. */
async function told(order: object): Promise<Response> {
  const body = JSON.stringify({ epoch: 'e', now: 1, have: 0, missing: [], backed_up: 0, results: [], order });
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body)));
  const digest = `sha-256=:${btoa(String.fromCharCode(...sum))}:`;
  return new Response(body, { headers: { 'content-type': 'application/json', 'content-digest': digest } });
}

test('a locked phone without a network saves a file that the desk may take in twice; once online nothing of it waits', async () => {
  const { start, line } = phone();
  const session = await start();
  const { store, worker } = await firstDay(session);
  await store.record({ ...visit, answers: { result: 'met', note: '门口有枣树' } });
  line.broken = offline;
  await session.lock();
  const file = await (await session.parcel())?.text();
  expect(file).not.toContain('枣树');
  const desk = createTransport({ fetch: browserOf(town).fetch });
  await desk.post('/api/auth/login', { username: 'chen', password: PASSWORD });
  const taken = () => desk.post('/api/phones/parcels', JSON.parse(file ?? ''));
  expect([await taken(), await taken()]).toEqual(Array(2).fill({ taken: 1, parked: 0 }));
  delete line.broken;
  expect(await session.deliver()).toMatchObject({ sent: 1, stuck: false });
  expect(locked(session.state.value).find((one) => one.worker === worker.id)?.unsent).toBe(0);
  expect(await session.parcel()).toBeNull();
});

test('weeks of work are all in the file, in parcels that a thin line or the desk can take', async () => {
  const { start, line } = phone();
  const session = await start();
  const { store } = await firstDay(session);
  line.broken = offline;
  for (let n = 0; n < 120; n++) await store.record(visit);
  await session.lock();
  const { parcels } = JSON.parse((await (await session.parcel())?.text()) ?? '{}') as { parcels: object[] };
  expect(parcels).toHaveLength(3);
  const desk = createTransport({ fetch: browserOf(town).fetch });
  await desk.post('/api/auth/login', { username: 'chen', password: PASSWORD });
  const taken: unknown[] = [];
  for (const one of parcels) taken.push(await desk.post('/api/phones/parcels', { suifang: 1, parcels: [one] }));
  expect(taken).toEqual([50, 50, 20].map((n) => ({ taken: n, parked: 0 })));
});

test.each(['suspended', 'retired'])('a phone that is %s syncs no more, and only a retired one is told to wipe', async (state) => {
  const { start, directory } = phone();
  const session = await start();
  const { engine } = await firstDay(session);
  const device = (await (await directory()).registration())?.phone;
  await town.ask({ do: 'phone', phone: device, state });
  expect(await engine.sync()).toMatchObject({ ok: false, code: 'not_signed_in' });
  expect([session.state.value.at, (await (await directory()).entries()).length]).toEqual(state === 'retired' ? ['signed_out', 0] : ['open', 1]);
});

test('another PIN is chosen with the old one', async () => {
  const session = await phone().start();
  const { worker } = await firstDay(session);
  await expect(session.changePin(WRONG, OTHER_PIN)).rejects.toThrow('wrong_pin');
  await session.changePin(PIN, OTHER_PIN);
  await session.lock();
  await expect(session.unlock(worker.id, PIN)).rejects.toThrow('wrong_pin');
  at(await session.unlock(worker.id, OTHER_PIN), 'open');
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
