import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClock } from '../../src/clock';
import type { Worker } from '../../src/store/api';
import { b64, json, unb64, uuid7 } from '../../src/store/bytes';
import { newKeys } from '../../src/store/directory';
import { makeEvent } from '../../src/store/event';
import { seal, signBody } from '../../src/sync/seal';
import { createTransport } from '../../src/sync/transport';
import { PASSWORD, type RealTown, VILLAGE, browserOf, startTown } from './town';

let town: RealTown;
beforeAll(async () => void (town = await startTown()));
afterAll(() => town.stop());

interface Registered {
  phone: string;
  store: string;
  server_seal_key: JsonWebKey;
}

/** A registered phone whose worker then signs out. */
async function lockedPhone() {
  const line = createTransport({ fetch: browserOf(town).fetch });
  const { worker } = await line.post<{ worker: Worker }>('/api/auth/login', { username: 'wang', password: PASSWORD });
  const { code } = await town.ask<{ code: string }>({ do: 'code', worker: 'wang' });
  const keys = await newKeys();
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const given = await line.post<Registered>('/api/devices', { code, public_key: { kty, crv, x, y }, label: 'test' });
  await line.post('/api/auth/logout');
  return { keys, worker, ...given };
}
type Phone = Awaited<ReturnType<typeof lockedPhone>>;

/** A new household, sealed as it would lie in the outbox. */
async function sealedRow({ worker, store, server_seal_key: key }: Phone, dseq: number) {
  const body = { set: { area: VILLAGE, number: String(dseq), note: '门口有枣树 𠮷' }, base: {} };
  const author = { clock: createClock(), store, worker };
  const event = await makeEvent(author, { kind: 'patch', schema: 'household/1', area: VILLAGE, household: uuid7(Date.now()), body });
  return { id: event.id, dseq, sealed: b64(await seal(key, store, event.id, json(event))) };
}

/** Sends rows the way a service worker would: no cookie, none of the page's headers. */
async function deliver({ keys, phone, store }: Phone, rows: object[]) {
  const body = json({ proto: 1, rows });
  const headers = { 'content-type': 'application/json', ...(await signBody(keys.privateKey, phone, store, body)) };
  const response = await fetch(`${town.url}/api/sync/deliver`, { method: 'POST', headers, body });
  return { status: response.status, answer: (await response.json()) as { results?: unknown; have?: number; code?: string } };
}

test('rows sealed on the phone are opened by the town, without a session, and a repeat is free', async () => {
  const phone = await lockedPhone();
  const rows = [await sealedRow(phone, 1), await sealedRow(phone, 2)];
  expect(await deliver(phone, rows)).toMatchObject({ status: 200, answer: { results: [[2, 'accepted']], have: 2 } });
  expect(await deliver(phone, rows)).toMatchObject({ answer: { results: [[2, 'duplicate']] } });
});

test('an envelope with one bit turned is parked and the next one is taken', async () => {
  const phone = await lockedPhone();
  const [broken, whole] = [await sealedRow(phone, 1), await sealedRow(phone, 2)];
  const bytes = unb64(broken.sealed);
  bytes[90] = (bytes[90] ?? 0) ^ 1;
  const { answer } = await deliver(phone, [{ ...broken, sealed: b64(bytes) }, whole]);
  expect(answer.results).toEqual([[1, 'parked', 'cannot_open'], [1, 'accepted']]);
});

test('another key than the registered one is turned away', async () => {
  const phone = await lockedPhone();
  const { status, answer } = await deliver({ ...phone, keys: await newKeys() }, []);
  expect([status, answer.code]).toEqual([401, 'bad_signature']);
});
