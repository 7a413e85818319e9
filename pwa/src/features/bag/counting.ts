/** A count of a bag beside its book. Pure. */
import type { Balance, Lot } from '../../rules/stock';
import type { Answers } from '../../store/api';

export type LotLine = Pick<Lot, 'item' | 'lot' | 'expiry'>;
export const keyOf = ({ item, lot, expiry }: LotLine): string => [item, lot, expiry].join(' ');
const same = (a: LotLine, b: LotLine): boolean => keyOf(a) === keyOf(b);
const lineOf = ({ item, lot, expiry }: LotLine): LotLine => ({ item, lot, expiry });

/** Every lot that the book has something of, and those she found besides; a lot once. */
export function linesToCount(lots: readonly Balance[], more: readonly LotLine[]): LotLine[] {
  const book = lots.filter(({ usable }) => usable !== 0).map(({ at }) => lineOf(at));
  return [...book, ...more.filter((line, i) => !book.some((one) => same(one, line)) && more.findIndex((one) => same(one, line)) === i).map(lineOf)];
}

export interface Compared {
  readonly line: LotLine;
  readonly book: number;
  readonly counted: number;
}

/** Only what was counted; a lot that the book does not name has nothing there. */
export const compared = (lines: readonly LotLine[], lots: readonly Balance[], counted: Answers): Compared[] =>
  lines.flatMap((line) => {
    const n = counted[keyOf(line)];
    return typeof n === 'number' ? [{ line, book: lots.find(({ at }) => same(at, line))?.usable ?? 0, counted: n }] : [];
  });
