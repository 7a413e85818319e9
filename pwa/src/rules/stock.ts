/** The stock ledger: sums of movements, never stored or clamped; which lot goes first; what has expired. Twin of server/rules/stock.py. */
import { answersOf, isNote, whole } from './conditions';
import * as dates from './dates';
import { byCodeUnit, isPlain, own } from './own';
import type { Plain, StockRules } from './shapes';

export interface Lot {
  readonly point: string;
  readonly item: string;
  readonly lot: string;
  /** "" where nobody wrote it down */
  readonly expiry: string;
}

/** By the book; `usable` below 0 stays so. */
export interface Balance {
  readonly at: Lot;
  readonly usable: number;
  readonly set_aside: number;
}

/** A stock-take that found another number than the book had. */
export interface Difference {
  readonly record: string;
  readonly at: Lot;
  readonly book: number;
  readonly counted: number;
}

export interface Ledger {
  readonly balances: readonly Balance[];
  readonly differences: readonly Difference[];
}

type Sum = { at: Lot; usable: number; set_aside: number };
type State = 'usable' | 'set_aside';
const TOWNSHIP = /^[0-9]{9}/;

/** Adds up all movements and hand-outs in the order of (day, id), so that the same set gives the same balances everywhere. */
export function ledger(rules: StockRules, records: Iterable<Plain>): Ledger {
  const sums = new Map<string, Sum>();
  const differences: Difference[] = [];
  const at = (lot: Lot): Sum => {
    const key = JSON.stringify([lot.point, lot.item, lot.lot, lot.expiry]);
    const found = sums.get(key) ?? { at: lot, usable: 0, set_aside: 0 };
    sums.set(key, found);
    return found;
  };
  for (const { key, record, again } of rowsOf(records)) {
    if (again) continue;
    for (const [lot, counted] of counts(record)) {
      const sum = at(lot);
      if (counted !== sum.usable) differences.push({ record: key, at: lot, book: sum.usable, counted });
      sum.usable = counted;
    }
    for (const [lot, state, change] of changes(rules, record)) at(lot)[state] += change;
  }
  return { balances: [...sums.values()].sort((a, b) => inOrder(a.at, b.at)), differences };
}

/** [receipt, document] of the receipts that count for nothing, since an earlier one took the same document. */
export const takenAgain = (records: Iterable<Plain>): (readonly [string, string])[] =>
  rowsOf(records).filter(({ again }) => again).map(({ key, record }) => [key, documentOf(record)]);

/** Which lots to take from, first expiring first; less than wanted when there is not enough. Expired ones never. */
export function propose(balances: readonly Balance[], point: string, item: string, wanted: number, today: string): (readonly [Lot, number])[] {
  const held = balances.filter(({ at, usable }) => at.point === point && at.item === item && usable > 0);
  const first = held.sort((a, b) => byCodeUnit(a.at.expiry || '9999', b.at.expiry || '9999') || byCodeUnit(a.at.lot, b.at.lot));
  const taken: (readonly [Lot, number])[] = [];
  let left = wanted;
  for (const { at, usable } of first) {
    if (left <= 0 || expired(at.expiry, today)) continue;
    taken.push([at, Math.min(left, usable)]);
    left -= Math.min(left, usable);
  }
  return taken;
}

/** `expired` refuses; `maybe_expired` (the phone's clock is in doubt), `urgent` and `soon` warn; null has nothing to say. */
export function judge(rules: StockRules, expiry: unknown, today: string, clockInDoubt = false): string | null {
  const last = dates.number(expiry);
  const now = dates.number(today);
  if (last === null || now === null) return null;
  if (last <= now) return clockInDoubt ? 'maybe_expired' : 'expired';
  if (last - now < rules.expiry.urgent_days) return 'urgent';
  return last - now < rules.expiry.warn_days ? 'soon' : null;
}

/** The point a hand-out came from: the station's shelf at the health centre, else the worker's own bag. */
export function handedFrom(record: Plain): string {
  const [township] = TOWNSHIP.exec(text(own(record, 'area'))) ?? [];
  return township && own(answersOf(record), 'point') === 'centre' ? township : `bag:${text(own(record, 'author'))}`;
}

function expired(expiry: string, today: string): boolean {
  const last = dates.number(expiry);
  const now = dates.number(today);
  return last !== null && now !== null && last <= now;
}

const inOrder = (a: Lot, b: Lot): number => byCodeUnit(a.point, b.point) || byCodeUnit(a.item, b.item) || byCodeUnit(a.expiry, b.expiry) || byCodeUnit(a.lot, b.lot);

/** The document that a receipt answers; "" for all else. */
function documentOf(record: Plain): string {
  const answers = answersOf(record);
  return own(record, 'form') === 'stock' && own(answers, 'movement') === 'in' ? text(own(answers, 'of')) : '';
}

/** In the order in which they count; `again`: an earlier one took the same document. */
function rowsOf(records: Iterable<Plain>): { key: string; record: Plain; again: boolean }[] {
  const rows = [...records].flatMap((record) => {
    const day = dates.number(own(record, 'occurred_on'));
    const key = own(record, 'id');
    const counted = own(record, 'status') === 'live' && day !== null && typeof key === 'string' && !isNote(record);
    return counted ? [{ day, key, record }] : [];
  });
  const taken = new Set<string>();
  return rows.sort((a, b) => a.day - b.day || byCodeUnit(a.key, b.key)).map(({ key, record }) => {
    const document = documentOf(record);
    const again = taken.has(document);
    if (document) taken.add(document);
    return { key, record, again };
  });
}

/** The lines of a stock-take; what it does not name stays as it was. */
function counts(record: Plain): [Lot, number][] {
  const answers = answersOf(record);
  return own(record, 'form') === 'stock' && own(answers, 'movement') === 'count' ? linesOf(answers, text(own(answers, 'from_place'))) : [];
}

function changes(rules: StockRules, record: Plain): [Lot, State, number][] {
  const answers = answersOf(record);
  const moved = own(record, 'form') !== 'stock' ? [] : rules.effects.filter((effect) => effect.movement === own(answers, 'movement'));
  const found = moved.flatMap(({ place, state, sign }) =>
    linesOf(answers, text(own(answers, place))).map(([lot, amount]): [Lot, State, number] => [lot, state, sign * amount]));
  for (const given of rules.hand_outs) {
    const amount = own(answers, given.qty);
    const item = given.fixed ?? text(own(answers, given.item ?? ''));
    if (own(record, 'form') === given.form && item && whole(amount) && amount > 0) found.push([lotOf(handedFrom(record), item, answers), 'usable', -amount]);
  }
  return found;
}

function linesOf(answers: Plain, point: string): [Lot, number][] {
  const lines = own(answers, 'lines');
  return (Array.isArray(lines) && point ? (lines as unknown[]) : []).flatMap((line): [Lot, number][] => {
    const amount = own(line, 'qty');
    const item = text(own(line, 'item'));
    return item && isPlain(line) && whole(amount) && amount >= 0 ? [[lotOf(point, item, line), amount]] : [];
  });
}

function lotOf(point: string, item: string, said: Plain): Lot {
  const expiry = own(said, 'expiry');
  return { point, item, lot: text(own(said, 'lot')).replace(/^ +| +$/g, ''), expiry: dates.isDay(expiry) ? expiry : '' };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
