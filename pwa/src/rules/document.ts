/** A document of stock as its code says it. The twin of server/rules/document.py, which writes the code. */
import * as dates from './dates';
import { whole } from './conditions';

export interface DocumentLine {
  readonly item: string;
  readonly lot: string;
  /** "" where nobody wrote it down */
  readonly expiry: string;
  readonly qty: number;
}
export interface Document {
  /** the id */
  readonly record: string;
  readonly from_place: string;
  readonly to_place: string;
  readonly on: string;
  /** null: too many for a code; the record itself has them */
  readonly lines: readonly DocumentLine[] | null;
}

const HEAD = 'SUIFANG-YJ/1/';
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a code is one of ours, readable or not. */
export const isDocument = (text: string): boolean => text.startsWith(HEAD);

/** What the code says; null where it cannot be read. */
export function readDocument(text: string): Document | null {
  if (!isDocument(text)) return null;
  const [record = '', from = '', to = '', on = '', lines, ...more] = text.slice(HEAD.length).split('/');
  if (!ID.test(record) || !dates.isDay(on) || lines === undefined || more.length > 0) return null;
  try {
    const read = lines === '' ? null : lines.split(';').map(lineOf);
    return read?.includes(null) ? null : { record, from_place: decodeURIComponent(from), to_place: decodeURIComponent(to), on, lines: read as DocumentLine[] | null };
  } catch {
    return null;
  }
}

function lineOf(text: string): DocumentLine | null {
  const [item = '', lot = '', expiry = '', many = '', ...more] = text.split(',');
  const qty = /^[0-9]{1,7}$/.test(many) ? Number(many) : null;
  if (item === '' || !whole(qty) || more.length > 0 || !(expiry === '' || dates.isDay(expiry))) return null;
  return { item: decodeURIComponent(item), lot: decodeURIComponent(lot), expiry, qty };
}

/** As it is printed and read out: the last eight signs of its id. */
export function numberOf(record: string): string {
  const end = record.replace(/-/g, '').slice(-8).toUpperCase();
  return `${end.slice(0, 4)}-${end.slice(4)}`;
}

/** As somebody types it: with or without the dash, in either case. */
export const typedNumber = (text: string): string => numberOf(text.replace(/[^0-9a-z]/gi, ''));
