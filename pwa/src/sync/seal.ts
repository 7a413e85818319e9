/** What proves that this phone sent something, and that an order comes from its town; the twin of server/envelopes.py. */
import { type Bytes, b64, join, sha256, unb64, utf8 } from '../store/bytes';

export { seal } from '../store/envelope';

const SIGNING = { name: 'ECDSA', hash: 'SHA-256' };

/** Headers of a delivery: the phone's signature (r ‖ s) over the body exactly as it goes on the line, after gzip. */
export async function signBody(privateKey: CryptoKey, phone: string, store: string, body: Bytes): Promise<Record<string, string>> {
  const text = join(utf8(`suifang deliver 1\n${phone}\n${store}\n`), await sha256(body));
  return { 'suifang-phone': phone, 'suifang-store': store, 'suifang-signature': await signText(privateKey, text) };
}

/** r ‖ s in base64url. */
export async function signText(privateKey: CryptoKey, text: Bytes): Promise<string> {
  return b64(new Uint8Array(await crypto.subtle.sign(SIGNING, privateKey, text)));
}

export interface Order {
  order: string;
  nonce: string;
  signature: string;
}

/** Whether the town whose key was pinned orders this phone, over the nonce it just chose, to wipe itself. */
export async function isWipeOrder(serverSignKey: JsonWebKey, phone: string, nonce: string, given: unknown): Promise<boolean> {
  const { order, nonce: told, signature } = (given ?? {}) as Partial<Order>;
  if (order !== 'wipe' || told !== nonce || typeof signature !== 'string') return false;
  try {
    const key = await crypto.subtle.importKey('jwk', serverSignKey, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    return await crypto.subtle.verify(SIGNING, key, unb64(signature), utf8(`suifang wipe 1\n${phone}\n${nonce}`));
  } catch {
    return false;
  }
}
