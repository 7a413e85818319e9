import { expect, test } from 'vitest';
import { newKeys } from '../store/directory';
import { b64, join, sha256, unb64, utf8 } from '../store/bytes';
import { seal, signBody } from './seal';

const STORE = '01900000-0000-7000-8000-000000000001';
const EVENT = '01900000-0000-7000-8000-000000000002';
const PHONE = '01900000-0000-7000-8000-000000000003';
const PLAIN = utf8('{"name":"周桂兰"}');

async function serverKeys() {
  const keys = (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']));
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  return { keys, jwk: { kty, crv, x, y } as JsonWebKey };
}

/** As the server opens it. */
async function open(keys: CryptoKeyPair, envelope: Uint8Array<ArrayBuffer>, store = STORE, event = EVENT) {
  const [point, iv, data] = [envelope.slice(1, 66), envelope.slice(66, 78), envelope.slice(78)];
  const theirs = await crypto.subtle.importKey('raw', point, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, keys.privateKey, 256);
  const root = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const mine = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  const info = join(utf8('suifang seal 1\n'), point, mine);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  const key = await crypto.subtle.deriveKey(hkdf, root, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  const additionalData = utf8(`suifang outbox 1\n${store}\n${event}`);
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, data));
}

test('what was sealed opens with the server key for this store and event', async () => {
  const { keys, jwk } = await serverKeys();
  const envelope = await seal(jwk, STORE, EVENT, PLAIN);
  expect(envelope[0]).toBe(1);
  expect(await open(keys, envelope)).toEqual(PLAIN);
});

test('an envelope is bound to its store and its event', async () => {
  const { keys, jwk } = await serverKeys();
  const envelope = await seal(jwk, STORE, EVENT, PLAIN);
  await expect(open(keys, envelope, PHONE)).rejects.toThrow();
  await expect(open(keys, envelope, STORE, PHONE)).rejects.toThrow();
});

test('the same event sealed twice looks different', async () => {
  const { jwk } = await serverKeys();
  const [one, two] = [await seal(jwk, STORE, EVENT, PLAIN), await seal(jwk, STORE, EVENT, PLAIN)];
  expect(b64(one.slice(1, 66))).not.toBe(b64(two.slice(1, 66)));
  expect(one.length).toBe(1 + 65 + 12 + PLAIN.length + 16);
});

test('sealing to something that is no P-256 key is refused', async () => {
  await expect(seal({ kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }, STORE, EVENT, PLAIN)).rejects.toThrow();
});

test('a signature of 64 bytes covers purpose, phone, store and body', async () => {
  const keys = await newKeys();
  const body = utf8('{"proto":1}');
  const headers = await signBody(keys.privateKey, PHONE, STORE, body);
  expect(headers).toMatchObject({ 'suifang-phone': PHONE, 'suifang-store': STORE });
  const pair = unb64(headers['suifang-signature'] ?? '');
  expect(pair.length).toBe(64);
  const says = async (phone: string, store: string, sent: Uint8Array<ArrayBuffer>) => {
    const text = join(utf8(`suifang deliver 1\n${phone}\n${store}\n`), await sha256(sent));
    return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, keys.publicKey, pair, text);
  };
  expect(await says(PHONE, STORE, body)).toBe(true);
  expect(await says(PHONE, EVENT, body)).toBe(false);
  expect(await says(PHONE, STORE, utf8('{"proto":2}'))).toBe(false);
});
