/** Documents that this phone knows of, and whether they were received. Pure. */
import { numberOf, type Document, type DocumentLine } from '../../rules/document';
import type { Rec, Value } from '../../store/api';

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
const is = (r: Rec, movement: string): boolean => r.form === 'stock' && r.status === 'live' && r.answers.movement === movement;

function lineOf(value: Value): DocumentLine[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || typeof value.qty !== 'number') return [];
  return [{ item: text(value.item), lot: text(value.lot), expiry: text(value.expiry), qty: value.qty }];
}

/** An issue as its document. */
export const documentOf = ({ id, occurredOn, answers }: Rec): Document => ({
  record: id, on: occurredOn, from_place: text(answers.from_place), to_place: text(answers.to_place),
  lines: Array.isArray(answers.lines) ? answers.lines.flatMap(lineOf) : [],
});

/** The issue itself, if it has come to this phone. */
export const knownDocument = (all: readonly Rec[], record: string): Document | undefined => {
  const found = all.find((r) => r.id === record && is(r, 'out'));
  return found && documentOf(found);
};

export const byNumber = (all: readonly Rec[], number: string): Document | undefined => {
  const found = all.find((r) => is(r, 'out') && numberOf(r.id) === number);
  return found && documentOf(found);
};

/** The receipt that counts: of several the first by day and id, as the ledger has it. */
export const receiptOf = (all: readonly Rec[], record: string): Rec | undefined =>
  all.filter((r) => is(r, 'in') && r.answers.of === record).sort((a, b) => (a.occurredOn + a.id < b.occurredOn + b.id ? -1 : 1))[0];

/** What was sent to this bag and not received yet, oldest first. */
export function waiting(all: readonly Rec[], bag: string): Document[] {
  const taken = new Set(all.filter((r) => is(r, 'in')).map((r) => r.answers.of));
  return all.filter((r) => is(r, 'out') && r.answers.to_place === bag && !taken.has(r.id)).map(documentOf).sort((a, b) => (a.on < b.on ? -1 : 1));
}
