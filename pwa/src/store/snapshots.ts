/** First sync of a feed: numbered chunks, each usable by itself and each its own transaction, so that a cut one goes on where it was. */
import { type Answers, StoreError } from './api';
import { type Core, type FeedState, NO_CHAIN, newAlias } from './core';
import { commit, newsAfter } from './commit';
import { Fold } from './fold';
import { foldRow } from './kinds';
import type { AddedFeed, Body, Chunk, Fields, Row, Table } from './wire';

/** Chunks of this very snapshot that are not here yet. */
export function missingChunks(core: Core, add: AddedFeed): number[] {
  const chunks = add.snapshot?.chunks ?? [];
  const begun = core.state.value.feeds[add.f]?.snap;
  const done = begun && isSame(begun, add) ? begun.done : [];
  return chunks.map((_, n) => n).filter((n) => !done.includes(n));
}

function isSame(snap: { seq: number; shas: string[] }, add: AddedFeed): boolean {
  const chunks = add.snapshot?.chunks ?? [];
  return snap.seq === add.snapshot?.seq && snap.shas.length === chunks.length && snap.shas.every((sha, i) => sha === chunks[i]?.sha);
}

/** Rejects `bad_answer` for a chunk of another snapshot. What an older, half-taken snapshot left is wiped with the first new chunk. */
export async function applyChunk(core: Core, add: AddedFeed, chunk: Chunk): Promise<void> {
  if (chunk.f !== add.f || chunk.seq !== add.snapshot?.seq) throw new StoreError('bad_answer', 'a chunk of another snapshot');
  const known = core.state.value.feeds[add.f];
  const goesOn = known?.snap && isSame(known.snap, add);
  const feed = goesOn ? known : begin(add);
  const fold = new Fold(core.mirror, goesOn ? new Set() : new Set([add.f]));
  for (const row of rowsOf(chunk)) foldRow(fold, row);
  const snap = feed.snap && { ...feed.snap, done: [...feed.snap.done, chunk.n] };
  const state = { ...core.state.value, feeds: { ...core.state.value.feeds, [add.f]: { ...feed, ...(snap ? { snap } : {}) } } };
  const news = await newsAfter(core, fold);
  await commit(core, { state, fold, drop: known && !goesOn ? [add.f] : [], ...(news ? { news } : {}) });
}

function begin(add: AddedFeed): FeedState {
  const { f, area, audience, name, snapshot } = add;
  void f;
  const shas = snapshot?.chunks.map((chunk) => chunk.sha) ?? [];
  return { alias: newAlias(), area, audience, name, q: 0, h: NO_CHAIN, freshAt: 0, snap: { seq: snapshot?.seq ?? 0, shas, done: [] } };
}

/**
 * A chunk's tables as rows of the feed: households, then persons, then records, then the rest. Persons name their
 * household, and records both, by row number within the chunk, or by id. `rev` is null for the chunk's, a text for all
 * fields of the row, or {field: event id, "*": event id}.
 */
export function rowsOf(chunk: Chunk): Row[] {
  const base = { f: chunk.f, q: 0, digest: '' };
  const households = linesOf(chunk.households);
  const persons = linesOf(chunk.persons).map((line) => named(line, 'household', households));
  const records = linesOf(chunk.records).map((line) => named(named(line, 'household', households), 'person', persons));
  const state = (type: 'household' | 'person') => (line: Line) => ({ ...base, ...stateOf(type, line, chunk.rev) });
  return [
    ...households.map(state('household')),
    ...persons.map(state('person')),
    ...records.map((line) => ({ ...base, ...recordOf(line) })),
    ...(chunk.rows ?? []).map((row) => ({ ...row, f: chunk.f })),
  ];
}

type Line = { [col: string]: unknown };
type Bare = Omit<Row, 'f' | 'q' | 'digest'>;

/** Absent cells and nulls are left out. */
function linesOf(table: Table | undefined): Line[] {
  return (table?.rows ?? []).map((row) => {
    const cells = table?.cols.map((col, i): [string, unknown] => [col, row[i]]) ?? [];
    return Object.fromEntries(cells.filter(([, value]) => value !== null && value !== undefined));
  });
}

function named(line: Line, col: string, table: Line[]): Line {
  const at = line[col];
  return typeof at === 'number' ? { ...line, [col]: table[at]?.id } : line;
}

function stateOf(type: 'household' | 'person', { id, rev, ...set }: Line, chunkRev: string | undefined): Bare {
  const own = typeof rev === 'string' ? { '*': rev } : ((rev ?? {}) as { [field: string]: string });
  const body: Body = { type, set: set as Fields, rev: { ...(chunkRev === undefined ? {} : { '*': chunkRev }), ...own } };
  return { id: '', kind: 'state', [type]: id as string, body };
}

function recordOf({ id, schema, occurred_on, answers, ...rest }: Line): Bare {
  return { ...rest, id: id as string, kind: 'record', schema: schema as string, body: { occurred_on: occurred_on as string, answers: answers as Answers } };
}
