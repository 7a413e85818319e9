/** The engine's side of a store: what to send, what an answer changed. Every call is one transaction. */
import type { SyncState } from './api';
import { NO_CHAIN, type Core, type FeedState, type MirrorState, type News, catchUp, newAlias, noticed } from './core';
import { type Names, learn, strangers } from './colleagues';
import { type Mark, commit, commitNews, newsAfter } from './commit';
import { Fold } from './fold';
import { foldRow } from './kinds';
import { type Local, isNumbered, renumberAbove } from './outbox';
import { applyChunk, missingChunks } from './snapshots';
import type { Batch, Settled } from './sending';
import type { AddedFeed, Chunk, PullAnswer, PushAnswer, Row } from './wire';

export interface Page {
  base: string | null;
  answer: PullAnswer;
  /** rows not had before, in order */
  rows: Row[];
  /** where each feed with new rows now stands */
  heads: { [f: string]: { q: number; h: string } };
  /** nothing more is to come: every feed is whole and current */
  current: boolean;
  /** events that were at the server before the pull began: once `current`, what it did with them is in the mirror */
  settled: ReadonlySet<string>;
}

export interface Port {
  state(): MirrorState;
  refresh(): Promise<void>;
  unsent(): number;
  settledIds(): ReadonlySet<string>;
  /** The next events to send, marked as having been on the line; null when there are none. */
  nextBatch(most: number, bytes: number, skip: ReadonlySet<string>): Promise<Batch | null>;
  settle(batch: Batch, answer: PushAnswer, at: number, run: number): Promise<Settled>;
  /** The store id new events are numbered under, and whether its numbers are known to start above what the server has. */
  readonly store: string;
  readonly device: string;
  numbered(): Promise<boolean>;
  /** Numbers what was never sent above `top`; says `store_emptied` when the server knew more than this phone. */
  startAbove(store: string, top: number): Promise<void>;
  /** an event of this store id met another of the same number or id */
  forked(): boolean;
  missingChunks(add: AddedFeed): number[];
  applyChunk(add: AddedFeed, chunk: Chunk): Promise<void>;
  /** False: the answer was for another base and nothing changed. */
  applyPage(page: Page): Promise<boolean>;
  /** The server was restored, or is met for the first time. True when what was sent must be sent again. */
  meetEpoch(epoch: string): Promise<boolean>;
  /** Forgets one feed, to be asked for anew, or the whole mirror and the cursor; never the outbox. */
  forget(f?: string): Promise<void>;
  say(state: SyncState): void;
  notice(code: string, area?: string): Promise<void>;
  measured(offset: number): Promise<void>;
  /** Whether she wrote something while the store was closed, which no key of hers opens. */
  closed(): Promise<boolean>;
  /** Workers this phone has met and cannot name. */
  strangers(): string[];
  learn(asked: readonly string[], names: Names): Promise<void>;
  /** Called after each save. */
  onSave(listener: () => void): () => void;
}

/** Sending comes when there is something to send. */
const sending = () => import('./sending');

export function createPort(core: Core, { store, device }: { store: string; device: string }, onSave: Port['onSave']): Port {
  return {
    store,
    device,
    numbered: () => isNumbered(core.db, store),
    startAbove: (of, top) => startAbove(core, of, device, top),
    forked: () => core.locals.value.some((local) => local.state === 'fork' && local.store === store),
    state: () => core.state.value,
    refresh: () => core.opened.then(() => catchUp(core)),
    unsent: () => core.locals.value.filter((local) => local.state === 'out').length,
    settledIds: () => new Set(core.locals.value.filter((local) => local.state === 'sent').map((local) => local.event.id)),
    nextBatch: async (most, bytes, skip) => (await sending()).nextBatch(core, most, bytes, skip),
    settle: async (batch, answer, at, run) => (await sending()).settle(core, batch, answer, at, run),
    missingChunks: (add) => missingChunks(core, add),
    applyChunk: (add, chunk) => applyChunk(core, add, chunk),
    applyPage: (page) => applyPage(core, page),
    meetEpoch: (epoch) => meetEpoch(core, epoch),
    forget: (f) => forget(core, f),
    say: (state) => void (core.sync.value = state),
    notice: (code, area) => commitNews(core, said(core, code, area)),
    measured: (offset) => measured(core, offset),
    closed: async () => (await core.db.table('outbox').getAll()).some((row) => row.box.length === 0),
    strangers: () => strangers(core),
    learn: (asked, names) => learn(core, asked, names),
    onSave,
  };
}

/** Written with the next news; by itself only when it tells something new. */
async function measured(core: Core, offset: number): Promise<void> {
  const was = core.news.value.offset;
  core.news.value = { ...core.news.value, offset };
  if (was === undefined || Math.abs(was - offset) > 60_000) await commitNews(core, core.news.value);
}

async function startAbove(core: Core, store: string, device: string, top: number): Promise<void> {
  const emptied = await core.turn(async () => {
    const { from, by, ...moved } = await renumberAbove(core.db, store, device, top);
    core.locals.value = core.locals.value.map((local) => (local.store === store && local.dseq >= from ? { ...local, dseq: local.dseq + by } : local));
    return moved.emptied;
  });
  if (emptied) await commitNews(core, said(core, 'store_emptied'));
}

function said(core: Core, code: string, area?: string): News {
  return noticed(core.news.value, { code, at: core.clock.now(), ...(area === undefined ? {} : { area }) });
}

async function applyPage(core: Core, page: Page): Promise<boolean> {
  if (core.state.value.cursor !== page.base) return false;
  const { answer } = page;
  const fresh = answer.add.filter((add) => !add.snapshot).map((add) => add.f);
  const gone = [...answer.drop, ...abandoned(core, answer)];
  const drop = [...new Set([...gone, ...fresh])].filter((f) => core.state.value.feeds[f]);
  const fold = new Fold(core.mirror, new Set(drop));
  for (const row of page.rows) foldRow(fold, row);
  const state = nextState(core, page, gone);
  const news = await newsAfter(core, fold);
  await commit(core, { state, fold, drop, marks: marksAfter(core, page, fold), ...(news ? { news } : {}) });
  return true;
}

/**
 * Feeds whose snapshot was begun, that the server does not offer any more: she may not have them now. They were in no
 * cursor, so no answer says `drop`.
 */
function abandoned(core: Core, { add }: PullAnswer): string[] {
  const begun = Object.entries(core.state.value.feeds).filter(([, feed]) => feed.snap);
  return begun.map(([f]) => f).filter((f) => add.every((one) => one.f !== f));
}

function nextState(core: Core, { answer, heads, current }: Page, gone: readonly string[]): MirrorState {
  const feeds = { ...core.state.value.feeds };
  for (const f of gone) delete feeds[f];
  for (const add of answer.add) feeds[add.f] = add.snapshot ? begun(feeds[add.f], add, add.snapshot) : blank(add);
  for (const [f, head] of Object.entries(heads)) {
    const feed = feeds[f];
    if (feed) feeds[f] = { ...feed, ...head };
  }
  if (current) for (const [f, feed] of Object.entries(feeds)) feeds[f] = { ...feed, freshAt: core.clock.now() };
  const again = core.state.value.again?.filter((f) => answer.add.every((add) => add.f !== f) && !answer.drop.includes(f)) ?? [];
  return { epoch: answer.epoch, cursor: answer.c, feeds, ...(again.length ? { again } : {}) };
}

const blank = (add: AddedFeed): FeedState => ({
  alias: newAlias(), area: add.area, audience: add.audience, name: add.name, q: 0, h: NO_CHAIN, freshAt: 0,
});

/** A snapshot that is in: the feed stands where it was taken. */
function begun(feed: FeedState | undefined, add: AddedFeed, snapshot: { seq: number; h: string }): FeedState {
  const { snap, ...rest } = feed ?? blank(add);
  void snap;
  return { ...rest, q: snapshot.seq, h: snapshot.h };
}

/** What came back leaves, what the server erased leaves, a parked one that was taken after all is parked no more. */
function marksAfter(core: Core, page: Page, fold: Fold): Mark[] {
  return core.locals.value.flatMap((local): Mark[] => {
    const { id, person, body } = local.event;
    const erased = fold.erased.has(id) || fold.erased.has(body.of ?? '') || (person !== undefined && fold.erasedPersons.has(person));
    if (erased && (local.state === 'sent' || local.state === 'kept')) return [{ local, to: 'gone' }];
    if (local.state === 'parked' && fold.arrived.has(id)) return [{ local, to: 'kept' }];
    if (local.state === 'sent' && page.current && page.settled.has(id)) return [{ local, to: 'kept' }];
    return [];
  });
}

async function meetEpoch(core: Core, epoch: string): Promise<boolean> {
  const known = core.state.value.epoch;
  if (known === epoch) return false;
  if (known === null) {
    await commit(core, { state: { ...core.state.value, epoch } });
    return false;
  }
  const marks = core.locals.value.filter((local) => local.state !== 'out').map((local): Mark => ({ local, to: 'out' }));
  const drop = Object.keys(core.state.value.feeds);
  await commit(core, { state: { epoch, cursor: null, feeds: {} }, drop, marks, news: said(core, 'restored_server') });
  return true;
}

async function forget(core: Core, f?: string): Promise<void> {
  const { epoch, cursor, feeds, again = [] } = core.state.value;
  if (f === undefined) return commit(core, { state: { epoch, cursor: null, feeds: {} }, drop: Object.keys(feeds) });
  const rest = { ...feeds };
  delete rest[f];
  return commit(core, { state: { epoch, cursor, feeds: rest, again: [...again, f] }, drop: [f], news: said(core, 'feed_refetched', feeds[f]?.area) });
}

export type { Batch, Local, Settled };
