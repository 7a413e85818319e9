/** What the model town holds, and small things about it. Pure. */
import { b64, unb64 } from '../../store/bytes';
import type { Event, PullAnswer, Row } from '../../store/wire';

export interface TownFeed {
  area: string;
  audience: string;
  rows: Row[];
  heads: string[];
}
export interface State {
  feeds: Map<string, TownFeed>;
  taken: Map<string, string>;
  numbers: Map<string, string>;
  parked: Map<string, unknown>;
  revs: Map<string, { [field: string]: string }>;
}
export interface Cursor {
  epoch: string;
  at: { [f: string]: number };
}
export interface PushBody {
  store: string;
  epoch: string | null;
  events: (Event & { dseq: number })[];
}
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

export const digestOf = (n: number) => b64(Uint8Array.from({ length: 16 }, (_, i) => (n >> (i % 4)) & 255));

export function rowOf(event: Event): Omit<Row, 'f' | 'q'> {
  const { id, kind, schema, t, actor, role, area, person, household, body, digest } = event;
  const { salt, ...rest } = body;
  void salt;
  return { id, kind, schema, t, actor, role, area, ...(person ? { person } : {}), ...(household ? { household } : {}), body: rest, digest };
}

export function nothing(epoch: string, now: number): PullAnswer {
  return { epoch, now, drop: [], add: [], events: [], c: '', more: false, heads: {} };
}

export function readCursor(c: string): Cursor {
  try {
    return JSON.parse(new TextDecoder().decode(unb64(c))) as Cursor;
  } catch {
    throw new Refusal(400, 'bad_cursor');
  }
}

export function clone(state: State): State {
  return {
    feeds: new Map([...state.feeds].map(([f, feed]) => [f, { ...feed, rows: [...feed.rows], heads: [...feed.heads] }])),
    taken: new Map(state.taken),
    numbers: new Map(state.numbers),
    parked: new Map(state.parked),
    revs: new Map([...state.revs].map(([id, revs]) => [id, { ...revs }])),
  };
}

export function pick<T>(from: { [key: string]: T }, keys: string[]): { [key: string]: T } {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}
