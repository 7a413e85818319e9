import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTransport } from '../../src/sync/transport';
import { wakeful } from '../../src/sync/waking';
import { openDirectory } from '../../src/store/directory';
import { opened, phoneIn } from './phone';
import { type RealTown, VILLAGE, startTown } from './town';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
let town: RealTown;
beforeAll(async () => void (town = await startTown()));
afterAll(() => town.stop());

const visit = { form: 'household_visit', area: VILLAGE, occurredOn: '2026-11-01', answers: { result: 'met' } };
const WAKE = 'POST /api/auth/wake';

test('a phone whose session sleeps wakes it by itself and syncs as if nothing had been', async () => {
  const { store, engine, browser } = await phoneIn(town, 'wang');
  await engine.sync();
  await store.record(visit);
  await town.ask({ do: 'sleep' });
  browser.asked.length = 0;
  expect(await engine.sync()).toMatchObject({ ok: true, sent: 1 });
  expect(browser.asked.slice(0, 3)).toEqual(['POST /api/sync/push', WAKE, 'POST /api/sync/push']);
  expect(browser.asked.filter((asked) => asked === WAKE)).toHaveLength(1);
});

test('a poll is woken for, too, and so is the page that opens again', async () => {
  const phone = await phoneIn(town, 'wang');
  await phone.engine.sync();
  await town.ask({ do: 'sleep' });
  phone.browser.asked.length = 0;
  expect(await phone.engine.sync()).toMatchObject({ ok: true });
  expect(phone.browser.asked.slice(0, 3)).toEqual(['GET /api/sync/pull', WAKE, 'GET /api/sync/pull']);
  await town.ask({ do: 'sleep' });
  const { engine } = await phone.again();
  expect(await engine.sync()).toMatchObject({ ok: true });
});

test('two requests that are refused at once both go on', async () => {
  const { browser, factory } = await phoneIn(town, 'wang');
  const directory = await openDirectory(factory);
  const windows = [1, 2].map(() => wakeful(createTransport({ fetch: browser.fetch }), directory));
  await town.ask({ do: 'sleep' });
  const both = await Promise.all(windows.map((line) => line.get<{ phone: string }>('/api/auth/me')));
  expect(both.map(({ phone }) => phone)).toEqual(Array(2).fill((await directory.registration())?.phone));
});

test('a cookie on another phone is not woken: there she signs in', async () => {
  const { browser } = await phoneIn(town, 'wang');
  const thief = wakeful(createTransport({ fetch: browser.fetch }), await openDirectory(new IDBFactory()));
  await town.ask({ do: 'sleep' });
  browser.asked.length = 0;
  await expect(thief.get('/api/auth/me')).rejects.toMatchObject({ code: 'not_signed_in', status: 401 });
  expect(browser.asked).toEqual(['GET /api/auth/me']);
});

test('a phone that was suspended meanwhile is not woken and says so', async () => {
  const { engine, store, session } = await phoneIn(town, 'wang');
  await store.record(visit);
  await town.ask({ do: 'sleep' });
  await town.ask({ do: 'phone', phone: store.port.device, state: 'suspended' });
  expect(await engine.sync()).toMatchObject({ ok: false, code: 'not_signed_in' });
  expect(opened(session.state.value).store.status.value.state).toMatchObject({ at: 'stopped' });
});
