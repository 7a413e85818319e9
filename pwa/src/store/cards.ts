/** The list of card keys and cards out of force, as the town signs it: the phone keeps the highest number it has seen. */
import type { CardList } from '../rules/card';
import { type Bytes, join, parse, unb64, utf8 } from './bytes';
import type { Body } from './wire';

const PURPOSE = 'suifang cards 1\n';

const numberOf = (body: Body): number => (typeof body.n === 'number' ? body.n : 0);

/** The list to hold from now on; undefined when nothing newer came, or nothing that the pinned key signed. */
export async function newerList(held: CardList | undefined, lists: readonly Body[], signKey: JsonWebKey | undefined): Promise<CardList | undefined> {
  for (const body of [...lists].sort((a, b) => numberOf(b) - numberOf(a))) {
    if (numberOf(body) <= (held?.n ?? 0)) return undefined;
    const list = signKey && (await believed(body, signKey).catch(() => undefined));
    if (list) return list;
  }
  return undefined;
}

/** The list inside, if this key signed it and it carries the number it came under. */
async function believed({ list, sig, n }: Body, signKey: JsonWebKey): Promise<CardList | undefined> {
  if (typeof list !== 'string' || typeof sig !== 'string') return undefined;
  const key = await crypto.subtle.importKey('jwk', signKey, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  const signed: Bytes = join(utf8(PURPOSE), utf8(list));
  const right = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, unb64(sig), signed);
  const inside = right ? parse<CardList>(utf8(list)) : undefined;
  return inside?.n === n ? inside : undefined;
}
