/** What she carries as a hand-out offers it: by the book, or as the desk last listed it. Pure. */
import type { Bag, BagLine, Rec } from '../store/api';
import type { Booked } from './bag';
import { formOf } from './labels';

const SUPPLY = 'contraceptive_supply';
/** Always offered, whatever anybody has written down. */
const ALWAYS = 'condom';

export interface Lot extends Pick<BagLine, 'item' | 'lot' | 'expiry'> {
  /** by the book, else as handed to her less what she gave since; may be off, and decides nothing */
  readonly left: number;
}
export interface Carried {
  readonly item: string;
  /** the one that expires first on top */
  readonly lots: readonly Lot[];
  readonly left: number;
}

const supplies = (all: Iterable<Rec>, item: string): Rec[] =>
  [...all].filter((r) => r.form === SUPPLY && r.status === 'live' && r.answers.item === item && typeof r.answers.qty === 'number');

function listed({ lines, at }: Bag, all: readonly Rec[], author: string, item: string): Lot[] {
  const mine = supplies(all, item).filter((r) => r.author === author && (r.at ?? 0) >= at);
  return lines.filter((line) => line.item === item).map(({ lot, expiry, qty }) => {
    const given = mine.filter((r) => r.answers.lot === lot).reduce((sum, r) => sum + Number(r.answers.qty), 0);
    return { item, lot, expiry, left: Math.max(0, qty - given) };
  });
}

const booked = ({ lots }: Booked, item: string): Lot[] =>
  lots.filter(({ at }) => at.item === item && at.lot !== '').map(({ at: { lot, expiry }, usable }) => ({ item, lot, expiry, left: usable }));

/** Empty lots go while another one is there. */
const there = (lots: readonly Lot[]): readonly Lot[] => (lots.some(({ left }) => left > 0) ? lots.filter(({ left }) => left > 0) : lots);

/**
 * What she carries, by item: by the book where it knows of the item, else as the desk last listed it. An expired lot is not
 * offered (`since`: the day it has to outlast). Condoms stand first, written down or not.
 */
export function carried(bag: Bag, book: Booked, all: readonly Rec[], author: string, since: string): Carried[] {
  const known = formOf(SUPPLY)?.fields.find(({ key }) => key === 'item')?.options ?? [];
  const items = [...new Set([ALWAYS, ...[...bag.lines, ...book.lots.filter(({ usable }) => usable !== 0).map(({ at }) => at)].map(({ item }) => item)])];
  return items.filter((item) => known.some(({ code }) => code === item)).map((item) => {
    const found = book.items.has(item) ? booked(book, item) : listed(bag, all, author, item);
    const good = found.filter(({ expiry }) => expiry === '' || expiry > since).sort((a, b) => (a.expiry || '9') < (b.expiry || '9') ? -1 : 1);
    return { item, lots: there(good), left: good.reduce((sum, lot) => sum + lot.left, 0) };
  });
}
