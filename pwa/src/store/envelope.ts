/**
 * What only the town can open; the twin of server/envelopes.py. Every outbox row is sealed when it is written, so that
 * work gets home after a forgotten PIN or on the way to a wipe.
 */
import { type Bytes, join, json, unb64, utf8 } from './bytes';
import type { Event } from './wire';

/** Envelope: algorithm id 1, ephemeral P-256 point 65, nonce 12, AES-256-GCM ciphertext with tag. Other ids are free. */
const P256 = 1;
const UNCOMPRESSED = 4;
const ECDH = { name: 'ECDH', namedCurve: 'P-256' };

/** Seals an event to the town. */
export type Poster = (event: Event) => Promise<Bytes>;

/** A key for one envelope, and the point that lets the town find it. */
interface Once {
  point: Bytes;
  key: CryptoKey;
}
const QUIET_MS = 1500;

/**
 * Reads the server's key once. Rejects when it is no P-256 public key. The key for the next envelope is made in a quiet
 * moment before it is wanted, since her tap on "keep" waits for all of it; each is used once.
 */
export async function createPoster(serverSealKey: JsonWebKey): Promise<Poster> {
  const server = await importSealKey(serverSealKey);
  const fresh = () => onceKey(server, pointOf(serverSealKey));
  const next: { once?: Promise<Once> | undefined } = {};
  const prepare = () => void setTimeout(() => { next.once ??= fresh(); next.once.catch(() => { next.once = undefined; }); }, QUIET_MS);
  prepare();
  return async (event) => {
    const once = next.once ?? fresh();
    next.once = undefined;
    prepare();
    return sealUnder(await once, event.store, event.id, json(event));
  };
}

/** Seals an event's bytes to the server's key, bound to store and event. Rejects when the key is no P-256 public key. */
export async function seal(serverSealKey: JsonWebKey, store: string, event: string, plain: Bytes): Promise<Bytes> {
  return sealUnder(await onceKey(await importSealKey(serverSealKey), pointOf(serverSealKey)), store, event, plain);
}

const importSealKey = (jwk: JsonWebKey) => crypto.subtle.importKey('jwk', jwk, ECDH, false, []);

async function onceKey(server: CryptoKey, serverPoint: Bytes): Promise<Once> {
  const mine = await crypto.subtle.generateKey(ECDH, false, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', mine.publicKey));
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, mine.privateKey, 256);
  return { point, key: await derive(secret, join(point, serverPoint)) };
}

async function sealUnder({ point, key }: Once, store: string, event: string, plain: Bytes): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = utf8(`suifang outbox 1\n${store}\n${event}`);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
  return join(Uint8Array.of(P256), point, iv, new Uint8Array(sealed));
}

async function derive(secret: ArrayBuffer, points: Bytes): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: join(utf8('suifang seal 1\n'), points) };
  return crypto.subtle.deriveKey(hkdf, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
}

const pointOf = ({ x = '', y = '' }: JsonWebKey): Bytes => join(Uint8Array.of(UNCOMPRESSED), unb64(x), unb64(y));
