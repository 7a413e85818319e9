/** The lines of a bag while they are being written. Pure. */
import type { Option } from '../../generated/rulebook';
import type { BagLine } from '../../store/api';
import { formOf } from '../../ui/labels';

const SUPPLY = 'contraceptive_supply';
/** As the server takes them. */
export const MOST_LINES = 60;
export const MOST_PIECES = 99_999;

/** `key` tells lines apart while they are typed; `qty` is what stands in the field. */
export interface BagRow {
  readonly key: number;
  readonly item: string;
  readonly lot: string;
  readonly expiry: string;
  readonly qty: string;
}

/** What the supply form knows of. */
export const items = (): readonly Option[] => formOf(SUPPLY)?.fields.find((field) => field.key === 'item')?.options ?? [];

export const unitOf = (item: string): Option['unit'] => items().find((one) => one.code === item)?.unit;

/** Whether somebody in one of these roles hands anything out. */
export const carries = (roles: readonly string[]): boolean => roles.some((role) => formOf(SUPPLY)?.writers.includes(role));

export const rowsOf = (lines: readonly BagLine[]): BagRow[] => lines.map((line, key) => ({ ...line, key, qty: String(line.qty) }));

export const linesOf = (rows: readonly BagRow[]): BagLine[] =>
  rows.map(({ item, lot, expiry, qty }) => ({ item, lot: lot.trim(), expiry, qty: Number(qty) }));

/** One more line, of the item that was written last. */
export function fresh(rows: readonly BagRow[]): BagRow {
  const item = rows[rows.length - 1]?.item ?? items()[0]?.code ?? '';
  return { key: 1 + Math.max(0, ...rows.map((row) => row.key)), item, lot: '', expiry: '', qty: '' };
}

const same = (a: BagRow, b: BagRow): boolean => a.item === b.item && a.lot.trim() === b.lot && a.expiry === b.expiry && a.qty === b.qty;

export function isChanged(rows: readonly BagRow[], saved: readonly BagLine[]): boolean {
  const before = rowsOf(saved);
  return rows.length !== before.length || rows.some((row, i) => !same(row, before[i] as BagRow));
}
