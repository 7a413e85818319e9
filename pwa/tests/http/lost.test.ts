import { expect, test, vi } from 'vitest';
import { diskOf } from '../../src/sync/testing/disk';
import { createTransport } from '../../src/sync/transport';
import { at, locked, offline, visit, inTown } from './device';
import { PASSWORD, browserOf } from './town';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const { town, phone, firstDay } = inTown();

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

test('a town that could not be told of the wiping hears of it at the next start, and nothing else is left until then', async () => {
  const { start, line, directory, indexedDB } = phone();
  const session = await start();
  await firstDay(session);
  const device = (await (await directory()).registration())?.phone;
  const wipedAt = async () => (await town.ask<{ wiped_at: number | null }>({ do: 'phone', phone: device })).wiped_at;
  await town.ask({ do: 'phone', phone: device, state: 'lost' });
  await session.lock();
  line.broken = (path) => (path.endsWith('/wiped') ? new Response('', { status: 502 }) : undefined);
  await session.deliver();
  expect(session.state.value).toMatchObject({ at: 'signed_out', why: 'wiped' });
  expect(await wipedAt()).toBeNull();
  const left = await diskOf(indexedDB, 'suifang');
  expect([(await indexedDB.databases()).map(({ name }) => name), left.text.match(/suifang-signature/g)?.length]).toEqual([['suifang'], 1]);
  delete line.broken;
  expect(await (await start()).resume()).toMatchObject({ at: 'signed_out', why: 'wiped' });
  expect(await wipedAt()).not.toBeNull();
  expect(await (await directory()).lastWord()).toBeUndefined();
});

test('a wiped phone that is found again can be registered anew, in the same window', async () => {
  const { start, directory } = phone();
  const session = await start();
  await firstDay(session);
  await town.ask({ do: 'phone', phone: (await (await directory()).registration())?.phone, state: 'lost' });
  await session.lock();
  await session.deliver();
  expect((await firstDay(session)).store.status.value.unsent).toBe(0);
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

/** A whole, well-formed answer of a deliver with this order in it, from who has not the town's key. */
async function told(order: object): Promise<Response> {
  const body = JSON.stringify({ epoch: 'e', now: 1, have: 0, missing: [], backed_up: 0, results: [], order });
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body)));
  const digest = `sha-256=:${btoa(String.fromCharCode(...sum))}:`;
  return new Response(body, { headers: { 'content-type': 'application/json', 'content-digest': digest } });
}

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
