/** What lies in her bag by this phone's book: issued to it less handed out, returned and written off; counted anew. A sum, never kept. Pure. */
import { STOCK } from '../generated/stock';
import type { T, Word } from '../i18n/words';
import { judge, ledger, takenAgain, type Balance, type Difference } from '../rules/stock';
import type { Rec } from '../store/api';
import { plain } from './plain';

const W = {
  expired: ['过期了，不能发', 'Expired: not to be given'],
  maybe_expired: ['手机的日子可能不准，这批也许过期了：看包装上的日子', 'The phone’s clock may be off; this lot may have expired: look at the packet'],
  urgent: ['快到期了，先发这批', 'Expires very soon: give it first'],
  soon: ['{days} 天内到期，先发这批', 'Expires within {days} days: give it first'],
} as const satisfies Record<string, Word>;

export const FORM = 'stock';
export const bagOf = (worker: string): string => `bag:${worker}`;

export interface Booked {
  /** of which something was ever written as received, counted or moved there: these the book speaks of */
  readonly items: ReadonlySet<string>;
  /** below 0 stays so; lots with nothing left are here, too */
  readonly lots: readonly Balance[];
}

const HANDS = new Set(STOCK.hand_outs.map(({ form }) => form));

/** As the rules read them: every movement this phone knows of, and what she handed out. */
const rowsOf = (all: Iterable<Rec>, worker: string) =>
  [...all].filter((r) => r.form === FORM || (r.author === worker && HANDS.has(r.form))).map((r) => ({ ...plain(r), area: r.area }));

export function inBag(all: Iterable<Rec>, worker: string): Booked {
  const rows = rowsOf(all, worker);
  const mine = (found: readonly Balance[]): Balance[] => found.filter(({ at }) => at.point === bagOf(worker));
  const moved = mine(ledger(STOCK, rows.filter(({ form }) => form === FORM)).balances);
  return { items: new Set(moved.map(({ at }) => at.item)), lots: mine(ledger(STOCK, rows).balances) };
}

export interface Odd {
  readonly counts: readonly Difference[];
  /** receipts of hers that count for nothing, since another one took the same document */
  readonly again: readonly Rec[];
}

export function oddIn(all: readonly Rec[], worker: string): Odd {
  const rows = rowsOf(all, worker);
  const lost = new Set(takenAgain(rows).map(([receipt]) => receipt));
  const counts = ledger(STOCK, rows).differences.filter(({ at }) => at.point === bagOf(worker));
  return { counts, again: all.filter((r) => lost.has(r.id) && r.answers.to_place === bagOf(worker)) };
}

/** What there is to say of a lot's expiry; null for nothing. */
export const lotSays = (expiry: string, today: string, doubt: boolean) => judge(STOCK, expiry, today, doubt);

export const sayLot = (t: T, says: string | null): string => (says && says in W ? t(W[says as keyof typeof W], { days: STOCK.expiry.warn_days }) : '');
