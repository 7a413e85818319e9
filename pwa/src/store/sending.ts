/** Taking events to send, and what the server's answer does to them. */
import { type Receipt, StoreError } from './api';
import { json } from './bytes';
import { type Core, metaPlace } from './core';
import { withReceipt } from './delivered';
import { type Mark, markRows, rememberMarks } from './commit';
import { type OutState, write } from './db';
import { type Local, counterOf, sealLocal } from './outbox';
import { sealJson } from './sealing';
import type { Event, PushAnswer } from './wire';

export interface Batch {
  store: string;
  device: string;
  /** dseq of the oldest unsent event of this store */
  from: number;
  locals: Local[];
  events: (Event & { dseq: number })[];
}
export interface Settled {
  /** how many left the outbox, how many of them the town has taken, how many asked to be sent again */
  left: number;
  taken: number;
  again: number;
  fork: boolean;
  /** the server has more of this store than this phone ever wrote: its memory was emptied or put back */
  emptied: boolean;
}

/** At least one event, at most `most` or `bytes` of JSON, in the order of dseq, of one store id that is not in `skip`. */
export async function nextBatch(core: Core, most: number, bytes: number, skip: ReadonlySet<string>): Promise<Batch | null> {
  const out = core.locals.value.filter((local) => local.state === 'out' && !skip.has(local.store));
  const first = out[0];
  if (!first) return null;
  const locals: Local[] = [];
  let size = 0;
  for (const local of out.filter((one) => one.store === first.store).slice(0, most)) {
    size += json(local.event).length;
    if (locals.length && size > bytes) break;
    locals.push(local);
  }
  const device = await markTried(core, locals);
  const events = locals.map((local) => ({ ...local.event, dseq: local.dseq }));
  return { store: first.store, device, from: first.dseq, locals, events };
}

/** From here on they may be at the server, so they can be voided but no longer taken back. */
function markTried(core: Core, locals: readonly Local[]): Promise<string> {
  return write(core.db, ['counters', 'outbox'], 'strict', async (tx) => {
    let device = '';
    for (const { store, dseq, event } of locals) {
      const row = await tx.objectStore('outbox').get([store, dseq]);
      if (row?.id !== event.id) throw new StoreError('stale');
      const counter = await counterOf(tx, store, '');
      device = counter.device;
      if (counter.tried < dseq) await tx.objectStore('counters').put({ ...counter, tried: dseq });
    }
    return device;
  });
}

/** code → where the event goes; what is not named here stays and is sent again. */
const GOES: { [code: string]: OutState | undefined } = { __proto__: undefined, accepted: 'sent', duplicate: 'sent', parked: 'parked', fork: 'fork' };

/** Rejects `bad_answer` when the counts do not add up or `have` contradicts them: then nothing changed, and sending again is free. */
export async function settle(core: Core, batch: Batch, answer: PushAnswer, at: number, run: number): Promise<Settled> {
  const results = answer.results.flatMap(([count, code, reason]) => Array.from({ length: count }, () => ({ code, reason })));
  if (results.length !== batch.locals.length || !countsUs(batch, answer)) throw new StoreError('bad_answer', `${results.length} results for ${batch.locals.length} events`);
  const judged = batch.locals.map((local, i) => ({ local, code: results[i]?.code ?? 'retry', reason: results[i]?.reason }));
  const marks = await Promise.all(judged.flatMap(({ local, code, reason }) => markFor(core, local, GOES[code], reason, at) ?? []));
  const last = await record(core, batch, answer, [...marks, ...missed(core, batch, answer), ...backedUp(core, batch, answer)], { at: run, count: marks.length });
  return {
    left: marks.length,
    taken: marks.filter((mark) => mark.to === 'sent').length,
    again: judged.length - marks.length,
    fork: marks.some((mark) => mark.to === 'fork'),
    emptied: answer.have > last,
  };
}

/** A server that has taken this batch has its numbers: it says so, or which ones before them it misses. */
function countsUs({ locals }: Batch, { have, missing }: PushAnswer): boolean {
  const newest = locals[locals.length - 1]?.dseq ?? 0;
  return have >= newest || missing.length > 0;
}

function markFor(core: Core, local: Local, to: OutState | undefined, reason: string | undefined, at: number): Promise<Mark> | undefined {
  if (to === undefined) return undefined;
  if (reason === undefined) return Promise.resolve({ local, to, at });
  const flags = reason.split(',');
  return sealLocal(core.vault, local.event, flags).then((box) => ({ local, to, at, box, flags }));
}

/** What the server says it never got goes out again. */
function missed(core: Core, batch: Batch, answer: PushAnswer): Mark[] {
  const wanted = new Set(answer.missing);
  const here = core.locals.value.filter((local) => local.store === batch.store && wanted.has(local.dseq) && local.state !== 'out');
  return here.filter((local) => !batch.locals.includes(local)).map((local) => ({ local, to: 'out' }));
}

function backedUp(core: Core, batch: Batch, answer: PushAnswer): Mark[] {
  const safe = core.locals.value.filter((local) => local.store === batch.store && local.state === 'kept' && local.dseq <= answer.backed_up);
  return safe.map((local) => ({ local, to: 'gone' }));
}

/** One transaction; returns the newest dseq this phone has given out. */
async function record(core: Core, batch: Batch, answer: PushAnswer, marks: Mark[], receipt: Receipt): Promise<number> {
  const news = withReceipt(core, receipt);
  const v = core.rev + 1;
  const box = await sealJson(core.vault, 'meta', metaPlace('news', v), news);
  const last = await write(core.db, ['outbox', 'counters', 'meta'], 'relaxed', async (tx) => {
    await markRows(tx, marks);
    const counter = await counterOf(tx, batch.store, batch.device);
    await tx.objectStore('counters').put({ ...counter, backed: answer.backed_up });
    await tx.objectStore('meta').put({ v, box }, 'news');
    return counter.last;
  });
  core.news.value = news;
  core.view.rebuild(rememberMarks(core, marks));
  core.announce();
  return last;
}
