/**
 * The phone's safe: seals and opens what lies in IndexedDB (SECURITY B2). `purpose` picks a subkey (one a feed, so that
 * dropping a feed loses its key's name too), `place` is bound as additional data: table, key and version of the row.
 */
import { StoreError } from './api';
import { type Bytes, join, utf8 } from './bytes';

export interface Vault {
  seal(purpose: string, place: string, plain: Bytes): Promise<Bytes>;
  /** Rejects `unreadable` when the bytes were changed, moved to another place, or sealed under another key. */
  open(purpose: string, place: string, sealed: Uint8Array): Promise<Bytes>;
}

/** Envelope: algorithm id, 12 bytes of nonce, AES-256-GCM ciphertext with tag. */
const AES_GCM = 1;

/** A vault over a data key: an HKDF key as `openLock` gives it, or 32 bytes, which are not kept. */
export async function createVault(material: Bytes | CryptoKey): Promise<Vault> {
  const root = material instanceof Uint8Array ? await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveKey']) : material;
  const keys = new Map<string, Promise<CryptoKey>>();
  const keyFor = (purpose: string) => {
    const known = keys.get(purpose) ?? derive(root, purpose);
    keys.set(purpose, known);
    return known;
  };
  return {
    async seal(purpose, place, plain) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(place) }, await keyFor(purpose), plain);
      return join(Uint8Array.of(AES_GCM), iv, new Uint8Array(sealed));
    },
    async open(purpose, place, sealed) {
      if (sealed[0] !== AES_GCM) throw new StoreError('unreadable', `unknown envelope ${sealed[0]}`);
      const gcm = { name: 'AES-GCM', iv: sealed.slice(1, 13), additionalData: utf8(place) } as AesGcmParams;
      const opened = crypto.subtle.decrypt(gcm, await keyFor(purpose), sealed.slice(13));
      return new Uint8Array(await opened.catch((): never => unreadable(place)));
    },
  };
}

function unreadable(place: string): never {
  throw new StoreError('unreadable', place);
}

function derive(root: CryptoKey, purpose: string): Promise<CryptoKey> {
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(`suifang/1/${purpose}`) };
  return crypto.subtle.deriveKey(hkdf, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
