/** One step of the mirror: rows, cursor and the outbox marks that go with them, in one transaction, on one base. */
import { type CountyDays, StoreError, type Worker } from './api';
import type { Bytes } from './bytes';
import { newerList } from './cards';
import { type Core, type MirrorState, type News, metaPlace, noticed, purposeOf, rowPlace } from './core';
import { type OutState, type WriteTx, write } from './db';
import type { Fold } from './fold';
import type { Local } from './outbox';
import { sealJson } from './sealing';

export interface Mark {
  local: Local;
  to: OutState | 'gone';
  at?: number;
  /** sealed anew with `flags` */
  box?: Bytes;
  flags?: string[];
}
export interface Change {
  state: MirrorState;
  fold?: Fold;
  /** feeds whose rows go, by the name they had before */
  drop?: readonly string[];
  marks?: readonly Mark[];
  news?: News;
}

/** Rejects `stale` when another window moved the mirror on: then nothing was written; refresh and ask again. */
export async function commit(core: Core, change: Change): Promise<void> {
  const v = core.rev + 1;
  const rows = await sealRows(core, change, v);
  const state = await sealJson(core.vault, 'meta', metaPlace('mirror', v), change.state);
  const news = change.news && (await sealNews(core, change.news));
  const gone = (change.drop ?? []).flatMap((f) => core.state.value.feeds[f]?.alias ?? []);
  await write(core.db, ['meta', 'rows', 'outbox'], 'relaxed', async (tx) => {
    const meta = tx.objectStore('meta');
    const now = await meta.get('mirror');
    if ((now?.v ?? 0) !== core.rev) throw new StoreError('stale');
    const table = tx.objectStore('rows');
    for (const alias of gone) await table.delete(IDBKeyRange.bound([alias], [alias, []]));
    for (const row of rows) await (row.box ? table.put({ f: row.f, b: row.b, v, box: row.box }) : table.delete([row.f, row.b]));
    await meta.put({ v, box: state }, 'mirror');
    if (news) await meta.put({ v, box: news }, 'news');
    await markRows(tx, change.marks ?? []);
  });
  core.rev = v;
  remember(core, change);
}

const sealNews = (core: Core, news: News) => sealJson(core.vault, 'meta', metaPlace('news', core.rev + 1), news);

/** Writes news alone. */
export async function commitNews(core: Core, news: News): Promise<void> {
  core.news.value = news;
  const v = core.rev + 1;
  const box = await sealNews(core, news);
  await write(core.db, ['meta'], 'relaxed', async (tx) => void (await tx.objectStore('meta').put({ v, box }, 'news')));
}

interface Sealed {
  f: string;
  b: string;
  box?: Bytes;
}

async function sealRows(core: Core, change: Change, v: number): Promise<Sealed[]> {
  const touched = [...(change.fold?.touched.values() ?? [])];
  const rows = touched.map(async ({ f, b, doc }): Promise<Sealed[]> => {
    const alias = change.state.feeds[f]?.alias;
    if (alias === undefined) return [];
    if (!doc) return [{ f: alias, b }];
    return [{ f: alias, b, box: await sealJson(core.vault, purposeOf(alias), rowPlace(alias, b, v), doc) }];
  });
  return (await Promise.all(rows)).flat();
}

/** Rows are found again by their id: another window may have changed them meanwhile. */
export async function markRows(tx: WriteTx, marks: readonly Mark[]): Promise<void> {
  const table = tx.objectStore('outbox');
  for (const { local, to, at, box } of marks) {
    const key: [string, number] = [local.store, local.dseq];
    const row = await table.get(key);
    if (row?.id !== local.event.id) continue;
    if (to === 'gone') await table.delete(key);
    else await table.put({ ...row, state: to, ...(at === undefined ? {} : { at }), ...(box ? { box } : {}) });
  }
}

/** Memory follows what was written. */
function remember(core: Core, change: Change): void {
  const touched = new Set<string>();
  for (const f of change.drop ?? []) for (const id of core.mirror.drop(f)) touched.add(id);
  for (const { f, b, doc } of change.fold?.touched.values() ?? []) {
    if (change.state.feeds[f]) for (const id of core.mirror.put(f, b, doc)) touched.add(id);
  }
  core.state.value = change.state;
  const others = change.news && change.news.days !== core.news.value.days;
  if (change.news) core.news.value = change.news;
  for (const id of rememberMarks(core, change.marks ?? [])) touched.add(id);
  if (others) core.view.rebuild('all');
  else if (touched.size) core.view.rebuild(touched);
  core.announce();
}

/** Returns the subjects whose marks changed. */
export function rememberMarks(core: Core, marks: readonly Mark[]): string[] {
  core.edits += 1;
  if (marks.length === 0) return [];
  const byId = new Map(marks.map((mark) => [mark.local.event.id, mark]));
  core.locals.value = core.locals.value.flatMap((local) => {
    const mark = byId.get(local.event.id);
    if (!mark) return [local];
    return mark.to === 'gone' ? [] : [marked(local, mark, mark.to)];
  });
  return marks.flatMap((mark) => subjectsOf(mark.local));
}

function marked(local: Local, mark: Mark, state: OutState): Local {
  const next: Local = { ...local, state };
  if (mark.at !== undefined) next.at = mark.at;
  if (mark.flags) next.flags = mark.flags;
  return next;
}

/** Everyone an event changes the look of. */
export function subjectsOf({ event }: Local): string[] {
  return [event.person, event.household, event.body.set?.household].filter((id): id is string => typeof id === 'string');
}

const told = (days?: CountyDays): number => days?.v ?? days?.n ?? 0;

/** News with a grant's areas, the newest bag, days and card list, where rows told of them. */
export async function newsAfter({ news: { value: was }, signKey, state, clock }: Core, { grant, bag, days, lists }: Fold): Promise<News | undefined> {
  const cards = await newerList(was.cards, lists, signKey);
  const newer = days && told(days) > told(was.days);
  if (!grant && !bag && !cards && !newer) return undefined;
  const other = state.value.cursor && days?.n !== (was.days?.n ?? 0);
  const news = newer ? { ...(other ? noticed(was, { code: 'county_days', at: clock.now() }) : was), days } : was;
  const worker: Worker = grant ? { ...news.worker, areas: grant.areas, villages: grant.villages ?? [] } : news.worker;
  return { ...news, worker, ...(bag ? { bag } : {}), ...(cards ? { cards } : {}) };
}
