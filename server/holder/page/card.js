// Whether a card is genuine and in force, read in the page: its code is never sent. The short twin of pwa/src/rules/card.ts.
const HEAD = /^HTTPS:\/\/([A-Z0-9.:-]{1,60})\/C#([^]*)$/;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const KID_AT = 7, PAYLOAD_AT = 14, ID_AT = 17, DAYS_AT = 40, SIGNATURE = 64;
const FIXED = [[0, [0x84, 0x49, 0xa2, 1, 0x26, 4, 0x44]], [11, [0xa0, 0x58]], [14, [0xa2, 7, 0x50]], [33, [0x3a, 0, 1, 0x11, 0x70, 0x83, 1]]];

/** Capitals without padding and without a spare bit; null for anything else. */
export function unbase32(text) {
  const bytes = [];
  let held = 0, bits = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) { bits -= 8; bytes.push((held >> bits) & 0xff); }
  }
  return bits < 5 && (held & ((1 << bits) - 1)) === 0 ? Uint8Array.from(bytes) : null;
}

/** A day number below 2^16 in its shortest form: [value, where the next thing begins]; null otherwise. */
function day(b, at) {
  if (b[at] < 0x18) return [b[at], at + 1];
  if (b[at] === 0x18 && b[at + 1] >= 0x18) return [b[at + 1], at + 2];
  if (b[at] === 0x19 && b[at + 1] > 0) return [b[at + 1] * 256 + b[at + 2], at + 3];
  return null;
}

/** {id, kid, issued, expires, end} of a card in its one form; null for a damaged one. Every field has one place. */
export function unpack(b) {
  if (!b || !FIXED.every(([at, bytes]) => bytes.every((byte, i) => b[at + i] === byte))) return null;
  const issued = day(b, DAYS_AT), expires = issued && day(b, issued[1]);
  if (!expires || issued[0] > expires[0]) return null;
  const end = expires[1];
  const whole = b[13] === end - PAYLOAD_AT && b[end] === 0x58 && b[end + 1] === SIGNATURE && b.length === end + 2 + SIGNATURE;
  return whole ? { id: b.slice(ID_AT, ID_AT + 16), kid: hex(b.slice(KID_AT, KID_AT + 4)), issued: issued[0], expires: expires[0], end } : null;
}

const hex = (b) => Array.from(b, (byte) => (byte < 16 ? '0' : '') + byte.toString(16)).join('');
const b64 = (b) => btoa(String.fromCharCode.apply(null, b)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** ES256 over the Sig_structure of RFC 9052 §4.4. */
async function signedBy(key, b, end) {
  const signed = [0x84, 0x6a].concat(Array.from(new TextEncoder().encode('Signature1')), Array.from(b.slice(1, KID_AT + 4)), [0x40], Array.from(b.slice(PAYLOAD_AT - 2, end)));
  const jwk = { kty: 'EC', crv: 'P-256', x: key.x, y: key.y };
  const known = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, known, b.slice(-SIGNATURE), Uint8Array.from(signed));
}

/** Asks `fetchPart(0…15)` for the part of the list that the card's first four bits name, and nothing else. `today`: days since 1970. */
export async function judge(text, fetchPart, today) {
  const found = text.length <= 250 && HEAD.exec(text);
  if (!found) return { at: 'not_ours' };
  const bytes = unbase32(found[2]), card = unpack(bytes);
  if (!card) return { at: 'damaged' };
  const list = await fetchPart(card.id[0] >> 4);
  if (list.host && found[1].toLowerCase() !== list.host) return { at: 'not_ours' };
  const keys = list.keys.filter((key) => key.kid === card.kid);
  if (keys.length === 0) return { at: 'unknown_key' };
  for (const key of keys) if (await signedBy(key, bytes, card.end)) return { at: standing(card, key, list, today), expires: card.expires };
  return { at: 'damaged' };
}

function standing(card, key, list, today) {
  const distrusted = key.state === 'revoked' && card.issued >= (key.distrust_from || 0);
  if (distrusted || list.cards.includes(b64(card.id.slice(0, 8))) || list.sheets.includes(b64(card.id.slice(0, 4)))) return 'revoked';
  return today > card.expires ? 'expired' : 'genuine';
}

// The quasigroup of Damm (2004).
const DAMM = ['0317598642', '7092154863', '4206871359', '1750983426', '6123045978', '3674209581', '5869720134', '8945362017', '9438617205', '2581436790'];

/** Whether these are nine digits with their right check digit, as printed beside the QR. */
export const isNumber = (digits) => /^[0-9]{9}$/.test(digits) && Array.from(digits).reduce((state, digit) => Number(DAMM[state][digit]), 0) === 0;
