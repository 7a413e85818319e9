/** The receipt that her count of a document becomes. Pure. */
import type { Document, DocumentLine } from '../../rules/document';
import type { Answers } from '../../store/api';
import { keyOf, type LotLine } from './counting';

/** A lot as a record's line: what nobody wrote down is left out. */
export const written = ({ item, lot, expiry }: LotLine, qty: number) => ({ item, ...(lot ? { lot } : {}), ...(expiry ? { expiry } : {}), qty });

/** `came`: how many of each line, by `keyOf`. */
export const receipt = (document: Document, lines: readonly DocumentLine[], came: Answers): Answers => ({
  movement: 'in', of: document.record, ...(document.from_place ? { from_place: document.from_place } : {}), to_place: document.to_place,
  lines: lines.map((line) => written(line, Number(came[keyOf(line)]))),
});
