/** Shapes of sync protocol 1 as they travel (SYNC §0). Times in ms, days "YYYY-MM-DD". */
import type { Answers, Value } from './api';

export type Fields = { [field: string]: Value };

/** An event as it goes up; `dseq` is outside the digest and joins at sending. */
export interface Event {
  id: string;
  kind: 'record' | 'amend' | 'void' | 'patch';
  schema: string;
  store: string;
  t: number;
  clk: string;
  actor: string;
  role: string;
  area: string;
  person?: string;
  household?: string;
  body: EventBody;
  digest: string;
}
/** A type, not an interface, so that it fits where a row's body does. */
export type EventBody = {
  salt: string;
  occurred_on?: string;
  answers?: Answers;
  of?: string;
  reason?: string;
  set?: Fields;
  base?: { [field: string]: string | null };
};

/** A row of a feed as it comes down. `body` is null where the row was hidden or erased: it keeps its place and digest. */
export interface Row {
  f: string;
  q: number;
  id: string;
  kind: string;
  schema?: string;
  t?: number;
  actor?: string;
  role?: string;
  area?: string;
  person?: string;
  household?: string;
  body: Body | null;
  digest: string;
}
/** The union of what a row's body may hold; each kind uses its own part. */
export interface Body {
  occurred_on?: string;
  answers?: Answers;
  of?: string;
  reason?: string;
  purpose?: string;
  next?: string;
  type?: 'person' | 'household';
  set?: Fields;
  rev?: { [field: string]: string };
  /** what stood there before somebody's patch */
  was?: Fields;
  events?: Row[];
  ids?: string[];
  person?: string;
  household?: string | null;
  to?: string;
  from?: string;
  areas?: { code: string; name: string; role: string }[];
  villages?: { code: string; name: string }[];
  [more: string]: unknown;
}

export interface AddedFeed {
  f: string;
  area: string;
  audience: string;
  name: string;
  snapshot?: SnapshotHead;
}
export interface SnapshotHead {
  seq: number;
  h: string;
  chunks: { sha: string; bytes: number }[];
}
export interface Table {
  cols: string[];
  rows: unknown[][];
}
/** Usable by itself; persons before records. */
export interface Chunk {
  f: string;
  seq: number;
  n: number;
  of: number;
  rev?: string;
  households?: Table;
  persons?: Table;
  records?: Table;
  rows?: Row[];
}

export interface PullAnswer {
  epoch: string;
  now: number;
  reset?: true;
  drop: string[];
  add: AddedFeed[];
  first?: { f: string; chunk: Chunk };
  events: Row[];
  c: string;
  more: boolean;
  heads: { [f: string]: [number, string] };
}

export type ResultRun = [count: number, code: string, reason?: string];
export interface PushAnswer {
  epoch: string;
  now: number;
  have: number;
  missing: number[];
  backed_up: number;
  results: ResultRun[];
}
