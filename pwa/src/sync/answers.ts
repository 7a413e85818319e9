/** Is this really the answer it should be? Shapes only; anything else becomes `bad_answer` and changes nothing. */
import type { Chunk, PullAnswer, PushAnswer } from '../store/wire';
import { SyncError } from './transport';

type Loose = { [key: string]: unknown };

export function pushAnswer(value: unknown): PushAnswer {
  const a = object(value);
  const runs = list(a.results).every((run) => Array.isArray(run) && count(run[0]) && typeof run[1] === 'string');
  if (!runs || !count(a.have) || !count(a.backed_up)) throw new SyncError('bad_answer');
  return { epoch: text(a.epoch), now: whole(a.now), have: a.have, missing: list(a.missing).filter(count), backed_up: a.backed_up, results: a.results as PushAnswer['results'] };
}

/** A reset carries an epoch and nothing else. */
export function pullAnswer(value: unknown): PullAnswer {
  const a = object(value);
  const reset = a.reset === true;
  const answer: PullAnswer = {
    epoch: text(a.epoch),
    now: whole(a.now),
    drop: list(a.drop ?? []).map(text),
    add: list(a.add ?? []) as PullAnswer['add'],
    events: list(a.events ?? []) as PullAnswer['events'],
    c: reset ? '' : text(a.c),
    more: a.more === true,
    heads: object(a.heads ?? {}) as PullAnswer['heads'],
  };
  const rowsFit = answer.events.every((row) => typeof row.f === 'string' && count(row.q) && typeof row.id === 'string' && typeof row.digest === 'string');
  const addsFit = answer.add.every((add) => typeof add.f === 'string' && (!add.snapshot || Array.isArray(add.snapshot.chunks)));
  if (!rowsFit || !addsFit) throw new SyncError('bad_answer');
  if (reset) answer.reset = true;
  if (a.first) answer.first = a.first as NonNullable<PullAnswer['first']>;
  return answer;
}

export function chunkAnswer(value: unknown): Chunk {
  const a = object(value);
  if (typeof a.f !== 'string' || !count(a.seq) || !count(a.n)) throw new SyncError('bad_answer');
  return a as unknown as Chunk;
}

function object(value: unknown): Loose {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyncError('bad_answer');
  return value as Loose;
}
function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new SyncError('bad_answer');
  return value;
}
function text(value: unknown): string {
  if (typeof value !== 'string') throw new SyncError('bad_answer');
  return value;
}
function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new SyncError('bad_answer');
  return value;
}
const count = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
