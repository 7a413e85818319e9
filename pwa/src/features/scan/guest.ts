import { hex, unbase32 } from '../../rules/card';

const ID = 16;

/** Who holds a card, as a person's id: a UUID of version 8 made of the card's id; the twin of server/cards/linking.py. */
export function guestOf(id: string): string {
  const bytes = unbase32(id) ?? new Uint8Array(ID);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
