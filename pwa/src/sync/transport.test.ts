import { expect, test } from 'vitest';
import { createTransport } from './transport';

const type = { 'content-type': 'application/json' };

function answering(response: Response) {
  const asked: { path: string; init: RequestInit }[] = [];
  const go = ((path: string, init: RequestInit) => {
    asked.push({ path, init });
    return Promise.resolve(response);
  }) as typeof fetch;
  return { transport: createTransport({ fetch: go }), asked };
}

async function digestOf(text: string): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `sha-256=:${btoa(String.fromCharCode(...sum))}:`;
}

test.each([
  ['a portal\'s page', new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'captive_portal'],
  ['a proxy\'s 502 page', new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }), 'bad_gateway'],
  ['network login wanted', new Response('<html>', { status: 511, headers: { 'content-type': 'text/html' } }), 'captive_portal'],
  ['a page of 404', new Response('<html>', { status: 404, headers: { 'content-type': 'text/html' } }), 'wrong_type'],
  ['no type at all', new Response(null, { status: 204 }), 'captive_portal'],
  ['half a JSON', new Response('{"a":', { headers: type }), 'bad_json'],
  ['the server\'s own error', new Response('{"code":"wrong_password","message":""}', { status: 401, headers: type }), 'wrong_password'],
  ['an error without a code', new Response('{}', { status: 500, headers: type }), 'server_error'],
])('%s becomes a code', async (_, response, code) => {
  await expect(answering(response).transport.get('/api/auth/me')).rejects.toMatchObject({ code });
});

test('an answer of sync without the digest of its bytes is not believed', async () => {
  await expect(answering(new Response('{}', { headers: type })).transport.get('/api/sync/pull')).rejects.toMatchObject({ code: 'bad_digest' });
  const headers = { ...type, 'content-digest': await digestOf('{"a":1}') };
  await expect(answering(new Response('{"a":1}', { headers })).transport.get('/api/sync/pull')).resolves.toEqual({ a: 1 });
});

test('an answer to another question of sync is not believed, whatever it says; one that repeats no question is', async () => {
  const old = { ...type, 'content-digest': await digestOf('{}'), 'suifang-asked': 'AAAAAAAA' };
  for (const status of [200, 401]) {
    const { transport } = answering(new Response('{}', { status, headers: old }));
    await expect(transport.get('/api/sync/pull?n=1')).rejects.toMatchObject({ code: 'bad_answer' });
  }
  const echo = (path: string) => Promise.resolve(new Response('{}', { headers: { ...old, 'suifang-asked': /^\/api\/sync\/pull\?n=1&ask=([\w-]{8})$/.exec(path)?.[1] ?? '' } }));
  await expect(createTransport({ fetch: echo as typeof fetch }).get('/api/sync/pull?n=1')).resolves.toEqual({});
});

test('a long request goes up as gzip, with the header that every write needs', async () => {
  const { transport, asked } = answering(new Response('{}', { headers: { ...type, 'content-digest': await digestOf('{}') } }));
  const body = { events: Array.from({ length: 100 }, (_, n) => ({ n })) };
  await transport.post('/api/sync/push', body);
  const { headers, body: sent } = asked[0]?.init ?? {};
  expect(headers).toMatchObject({ 'x-suifang': '1', 'sync-protocol': '1', 'content-encoding': 'gzip' });
  const plain = new Response(new Blob([sent as ArrayBuffer]).stream().pipeThrough(new DecompressionStream('gzip')));
  expect(await plain.json()).toEqual(body);
});

test('what is pushed carries the digest of its bytes before gzip, so that the town can refuse what was damaged on the way', async () => {
  const { transport, asked } = answering(new Response('{}', { headers: { ...type, 'content-digest': await digestOf('{}') } }));
  const body = { events: Array.from({ length: 100 }, (_, n) => ({ n })) };
  await transport.post('/api/sync/push', body);
  expect(asked[0]?.init.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-digest': await digestOf(JSON.stringify(body)) });
});

test('Retry-After is read in seconds', async () => {
  const response = new Response('{"code":"rate_limited"}', { status: 429, headers: { ...type, 'retry-after': '30' } });
  await expect(answering(response).transport.get('/x')).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 30_000 });
});
