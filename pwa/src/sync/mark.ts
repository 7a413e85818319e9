/** The check mark of the server's keys, as the desk's slip prints it (server/devices.py, fingerprint). */
import type { Registration } from '../store/directory';
import { type Bytes, join, sha256, unb64 } from '../store/bytes';

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** 40 bits are eight signs. */
const TAKEN = 5;

/** First 8 Base32 signs of SHA-256 over x ‖ y of the sign key, then x ‖ y of the seal key (32 bytes each). */
export async function markOf(registration: Pick<Registration, 'serverSignKey' | 'serverSealKey'> | undefined): Promise<string | undefined> {
  if (!registration) return undefined;
  const { serverSignKey: sign, serverSealKey: seal } = registration;
  const numbers = [sign.x, sign.y, seal.x, seal.y].map((number) => unb64(number ?? ''));
  return base32((await sha256(join(...numbers))).slice(0, TAKEN));
}

function base32(bytes: Bytes): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => SIGNS[parseInt(five, 2)]).join('');
}
