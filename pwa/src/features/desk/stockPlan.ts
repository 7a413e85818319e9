/** A movement of stock while it is being written: which places it asks, and what becomes of its lines. Pure. */
import { book } from '../../generated/rulebook';
import { both, type Named, type T } from '../../i18n/words';
import { S } from './stockWords';
import type { Movement, StockRow, StockShown } from './stockShapes';

export const MOVEMENTS: readonly Movement[] = ['in', 'out', 'return', 'count', 'damage', 'destroy'];
const BAG = 'bag:';

export interface StockLine {
  readonly key: number;
  readonly item: string;
  readonly lot: string;
  readonly expiry: string;
  readonly qty: string;
}
export interface MoveDraft {
  readonly movement: Movement;
  readonly from: string;
  readonly to: string;
  readonly on: string;
  readonly number: string;
  readonly why: string;
  readonly second: string;
  /** issued, and received when it arrives */
  readonly later: boolean;
  readonly lines: readonly StockLine[];
}

/** Items of the stock form; its lines stand in the chunk of the rarer forms, so the words come from where they are told. */
export function items(): readonly (Named & { readonly code: string })[] {
  const lines = book.forms.stock?.fields.find((field) => field.key === 'lines');
  return lines?.of?.find((column) => column.key === 'item')?.options ?? [];
}

export const sayItem = (t: T, code: string): string => {
  const found = items().find((one) => one.code === code);
  return found ? t(both(found)) : code;
};

export function sayMovement(t: T, code: Movement): string {
  const found = book.forms.stock?.fields.find((field) => field.key === 'movement')?.options?.find((one) => one.code === code);
  return found ? t(both(found)) : code;
}

export function sayPoint(t: T, points: StockShown['points'], point: string): string {
  const name = points[point];
  if (point.startsWith(BAG)) return t(S.bag, { name: name ?? t(S.gone) });
  return name ?? (point.length === 6 ? t(S.county) : point);
}

/** Which places a movement names; what is counted, written off or destroyed lies at one. */
export const asksFrom = (movement: Movement): boolean => movement !== 'in';
export const asksTo = (movement: Movement): boolean => movement === 'in' || movement === 'out' || movement === 'return';

export const begin = (home: string, on: string, item: string): MoveDraft => ({
  movement: 'in', from: '', to: home, on, number: '', why: '', second: '', later: false, lines: [{ key: 1, item, lot: '', expiry: '', qty: '' }],
});

/** Another movement keeps the lines and asks its own places: goods come into the store and go out of it. */
export const asMovement = (draft: MoveDraft, movement: Movement, home: string): MoveDraft =>
  ({ ...draft, movement, from: movement === 'in' || movement === 'return' ? '' : home, to: movement === 'in' || movement === 'return' ? home : '' });

/** What the server is told. Things come in from the county when no place is named. */
export function bodyOf(draft: MoveDraft, home: string): object {
  const { movement, on, number, why, second } = draft;
  const from = movement === 'in' ? home.slice(0, 6) : draft.from;
  return {
    movement, on, document_no: number.trim(), why_different: why.trim(), second_sign: second.trim(),
    ...(movement === 'out' && draft.later ? { later: true } : {}),
    ...(from ? { from_place: from } : {}), ...(asksTo(movement) && draft.to ? { to_place: draft.to } : {}),
    lines: draft.lines.map(({ item, lot, expiry, qty }) => ({ item, lot: lot.trim(), expiry: expiry || null, qty: Number(qty) })),
  };
}

/** The lots of an item that lie at a point, what expires first on top. */
export const lotsAt = (rows: readonly StockRow[], point: string, item: string): StockRow[] =>
  rows.filter((row) => row.point === point && row.item === item && (row.usable > 0 || row.set_aside > 0))
    .sort((a, b) => ((a.expiry || '9999') < (b.expiry || '9999') ? -1 : 1));

/** The lots that an order takes off: good ones, and what is missing by the book. */
export const goodAt = ({ rows, on }: StockShown, item: string): StockRow[] =>
  rows.filter((row) => row.item === item && row.usable !== 0 && (row.usable < 0 || row.expiry === '' || row.expiry > on));

export interface Minded {
  readonly tone: 'late' | 'stop' | '';
  readonly word: 'expired' | 'urgent' | 'soon' | 'below';
}

/** What a row asks to be looked at for. */
export function minded({ usable, state }: StockRow): Minded | null {
  if (usable < 0) return { tone: 'late', word: 'below' };
  return state === null ? null : { tone: state === 'soon' ? '' : 'late', word: state };
}
