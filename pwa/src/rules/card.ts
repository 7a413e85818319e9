/**
 * What a card's QR says, and whether it is to be believed; the twin of server/cards/payload.py, where the format stands.
 * Every field has one place and one shortest form, so a card is read by its places and must be, byte for byte, what would
 * be written for what was read. Nothing is believed before its signature is checked.
 */
import { number as dayNumber } from './dates';

/** `id`: 16 bytes in Base32, 26 letters. Days are counted from 1970-01-01; a card is in force up to and with `expires`. `number` stands beside the QR. */
export interface Card {
  readonly id: string;
  readonly kid: string;
  readonly issued: number;
  readonly expires: number;
  readonly number: string;
}

/** The signed list of card keys and of cards out of force, as server/cards/listing.py writes it. */
export interface CardList {
  readonly n: number;
  readonly at: number;
  readonly host?: string;
  readonly keys: readonly CardKey[];
  readonly cards: readonly string[];
  readonly sheets: readonly string[];
}

export interface CardKey {
  readonly kid: string;
  readonly x: string;
  readonly y: string;
  readonly state: string;
  readonly distrust_from?: number;
}

/** What the phone says to a QR. A card that is not genuine still names itself, so that a lost one can be told apart. */
export type Verdict =
  | { readonly at: 'genuine' | 'expired' | 'revoked' | 'unknown_key'; readonly card: Card }
  | { readonly at: 'not_ours' | 'damaged' };

type Bytes = Uint8Array<ArrayBuffer>;

const HEAD = /^HTTPS:\/\/([A-Z0-9.:-]{1,60})\/C#([^]*)$/;
const LONGEST = 250;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ID = 16;
const SHORT_ID = 8;
const SHEET = 4;
const SIGNATURE = 64;
const BEFORE_KID = [0x84, 0x49, 0xa2, 0x01, 0x26, 0x04, 0x44]; // [<<{1: -7, 4: h'
const AFTER_KID = [0xa0, 0x58]; //                                '}>>, {}, <<
const BEFORE_ID = [0xa2, 0x07, 0x50]; //                          {7: h'
const AFTER_ID = [0x3a, 0x00, 0x01, 0x11, 0x70, 0x83, 0x01]; //   ', -70001: [1,
const BEFORE_SIGNATURE = [0x58, SIGNATURE]; //                    ]}>>, h'
const KID_AT = BEFORE_KID.length;
const PAYLOAD_AT = KID_AT + 4 + AFTER_KID.length + 1;
const ID_AT = PAYLOAD_AT + BEFORE_ID.length;

/** What to say to the text of a QR on a day `YYYY-MM-DD`. */
export async function judge(text: string, list: CardList, today: string): Promise<Verdict> {
  const [, host, code] = (text.length <= LONGEST && HEAD.exec(text)) || [];
  if (code === undefined || (list.host && host?.toLowerCase() !== list.host)) return { at: 'not_ours' };
  const bytes = unbase32(code);
  const card = bytes && (await unpack(bytes));
  if (!bytes || !card) return { at: 'damaged' };
  const keys = list.keys.filter((key) => key.kid === card.kid);
  if (keys.length === 0) return { at: 'unknown_key', card };
  for (const key of keys) if (await signedBy(key, bytes)) return { at: standing(card, key, list, today), card };
  return { at: 'damaged' };
}

function standing(card: Card, key: CardKey, list: CardList, today: string): 'genuine' | 'expired' | 'revoked' {
  const distrusted = key.state === 'revoked' && card.issued >= (key.distrust_from ?? 0);
  if (distrusted || isOutOfUse(card.id, list)) return 'revoked';
  return (dayNumber(today) ?? 0) > card.expires ? 'expired' : 'genuine';
}

/** Whether the list takes this card, by its id in Base32, or its whole sheet out of force. */
export const isOutOfUse = (id: string, list: CardList): boolean => list.cards.includes(start(id, SHORT_ID)) || list.sheets.includes(start(id, SHEET));

/** The first bytes of a card's id as the list writes them. */
function start(id: string, size: number): string {
  return btoa(String.fromCharCode(...(unbase32(id)?.subarray(0, size) ?? []))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Capitals without padding, and no spare bit set; null for anything else. */
export function unbase32(text: string): Bytes | null {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let [held, bits, at] = [0, 0, 0];
  for (const letter of text) {
    const value = BASE32.indexOf(letter);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) bytes[at++] = (held >> (bits -= 8)) & 0xff;
  }
  const lean = bits < 5 && (held & ((1 << bits) - 1)) === 0;
  return lean ? bytes : null;
}

/** Capitals without padding. */
function base32(bytes: Bytes): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

async function unpack(bytes: Bytes): Promise<Card | null> {
  const days = AFTER_ID.length + ID_AT + ID;
  const [issued, next] = day(bytes, days);
  const [expires, end] = day(bytes, next);
  const id = bytes.slice(ID_AT, ID_AT + ID);
  const kid = bytes.slice(KID_AT, KID_AT + 4);
  const again = [
    ...BEFORE_KID, ...kid, ...AFTER_KID, end - PAYLOAD_AT, ...BEFORE_ID, ...id, ...AFTER_ID, ...shortest(issued), ...shortest(expires),
    ...BEFORE_SIGNATURE, ...bytes.slice(end + BEFORE_SIGNATURE.length, end + BEFORE_SIGNATURE.length + SIGNATURE),
  ];
  const same = again.length === bytes.length && again.every((byte, at) => byte === bytes[at]);
  if (!same || again.length !== end + BEFORE_SIGNATURE.length + SIGNATURE || issued > expires) return null;
  return { id: base32(id), kid: hex(kid), issued, expires, number: await numberOf(id) };
}

/** A whole number below 2^16 in CBOR, and where the next thing begins. */
function day(bytes: Bytes, at: number): [value: number, next: number] {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (first === 0x18) return [second, at + 2];
  if (first === 0x19) return [second * 256 + third, at + 3];
  return [first, at + 1];
}

function shortest(value: number): number[] {
  if (value < 24) return [value];
  return value < 256 ? [0x18, value] : [0x19, value >> 8, value & 0xff];
}

export const hex = (bytes: Bytes): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** ES256 over the Sig_structure of RFC 9052 §4.4. */
async function signedBy(key: CardKey, bytes: Bytes): Promise<boolean> {
  const payload = bytes.subarray(PAYLOAD_AT - 2, bytes.length - SIGNATURE - BEFORE_SIGNATURE.length);
  const signed = [0x84, 0x6a, ...new TextEncoder().encode('Signature1'), ...bytes.subarray(1, KID_AT + 4), 0x40, ...payload];
  const jwk = { kty: 'EC', crv: 'P-256', x: key.x, y: key.y };
  const known = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, known, bytes.slice(-SIGNATURE), Uint8Array.from(signed));
}

// The quasigroup of Damm (2004): finds every single wrong digit and every swap of two neighbours.
const DAMM = [
  '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
  '3674209581', '5869720134', '8945362017', '9438617205', '2581436790',
] as const;
const DIGITS = 8;

/** The printed number of a card by its id in Base32; '' for no id. */
export async function numberOfId(id: string): Promise<string> {
  const bytes = unbase32(id);
  return bytes?.length === ID ? numberOf(bytes) : '';
}

/** The printed number: eight digits made from the card id and a check digit. It helps to find a card and opens nothing. */
async function numberOf(id: Bytes): Promise<string> {
  const hash = new DataView(await crypto.subtle.digest('SHA-256', id));
  const digits = String(hash.getBigUint64(0) % BigInt(10 ** DIGITS)).padStart(DIGITS, '0');
  return digits + String(damm(digits));
}

const damm = (digits: string): number => [...digits].reduce((state, digit) => Number(DAMM[state]?.[Number(digit)]), 0);

/** Whether this is a card's number with its right check digit; blanks do not count. */
export function isNumber(text: string): boolean {
  const plain = text.replace(/\s/g, '');
  return /^[0-9]{9}$/.test(plain) && plain.length === DIGITS + 1 && damm(plain) === 0;
}
