/** What one open store holds in memory, and how it gets there from disk. Only store/ sees it. */
import { type Signal, signal } from '@preact/signals';
import type { Notice, Receipt, SyncState, Worker } from './api';
import { b64, randomBytes } from './bytes';
import type { Clock } from '../clock';
import type { Db, Tables } from './db';
import { Mirror, type Doc } from './mirror';
import { type Local, loadOutbox } from './outbox';
import { openJson } from './sealing';
import type { Vault } from './vault';
import { type View, createView } from './view';

/** How far one feed is known: `q` rows, with chain head `h`. `snap` while its first snapshot is coming in. */
export interface FeedState {
  alias: string;
  area: string;
  audience: string;
  name: string;
  q: number;
  h: string;
  freshAt: number;
  snap?: { seq: number; shas: string[]; done: number[] };
}
/** Lies in one sealed row and changes only together with the rows it speaks of. */
export interface MirrorState {
  epoch: string | null;
  cursor: string | null;
  feeds: { [f: string]: FeedState };
  /** feeds in the cursor that are to be fetched anew */
  again?: string[];
}
/** Told to her, never relied on. */
export interface News {
  receipts: Receipt[];
  notices: Notice[];
  offset?: number;
  worker: Worker;
}
export interface Core {
  db: Db;
  vault: Vault;
  clock: Clock;
  mirror: Mirror;
  view: View;
  /** version of the mirror on disk that memory equals */
  rev: number;
  state: Signal<MirrorState>;
  locals: Signal<Local[]>;
  news: Signal<News>;
  sync: Signal<SyncState>;
  persisted: Signal<boolean | undefined>;
  /** tells other windows */
  announce(): void;
}

export const NO_CHAIN = b64(new Uint8Array(8));
export const newAlias = () => b64(randomBytes(9));
export const purposeOf = (alias: string) => `rows/${alias}`;
export const rowPlace = (alias: string, b: string, v: number) => `rows/${alias}/${b}/${v}`;
export const metaPlace = (key: string, v: number) => `meta/${key}/${v}`;

/** The newest ten are kept. */
export const noticed = (news: News, notice: Notice): News => ({ ...news, notices: [notice, ...news.notices].slice(0, 10) });

const nothing = (): MirrorState => ({ epoch: null, cursor: null, feeds: {} });

export async function openCore(db: Db, vault: Vault, clock: Clock, worker: Worker, announce: () => void): Promise<Core> {
  const mirror = new Mirror();
  const locals = signal<Local[]>([]);
  const core: Core = {
    db,
    vault,
    clock,
    mirror,
    view: createView(mirror, () => locals.value),
    rev: -1,
    state: signal(nothing()),
    locals,
    news: signal<News>({ receipts: [], notices: [], worker }),
    sync: signal<SyncState>({ at: 'idle' }),
    persisted: signal<boolean | undefined>(undefined),
    announce,
  };
  await refresh(core);
  return core;
}

/** Makes memory equal to disk again if another window moved the mirror on. */
export async function catchUp(core: Core): Promise<void> {
  const row = await core.db.get('meta', 'mirror');
  if ((row?.v ?? 0) !== core.rev) await refresh(core);
}

/** Makes memory equal to disk again; reads the mirror only if another window moved it on. */
export async function refresh(core: Core): Promise<void> {
  const meta = await loadMeta<MirrorState>(core.db, core.vault, 'mirror');
  const { locals, unreadable } = await loadOutbox(core.db, core.vault);
  const news = await loadMeta<News>(core.db, core.vault, 'news');
  if ((meta?.v ?? 0) !== core.rev) await reload(core, meta);
  if (news) core.news.value = news.value;
  const told = core.news.value.notices.some((notice) => notice.code === 'unreadable');
  if (unreadable && !told) core.news.value = noticed(core.news.value, { code: 'unreadable', at: core.clock.now() });
  core.locals.value = locals;
  core.view.rebuild('all');
}

interface Meta<T> {
  v: number;
  value: T;
}

async function loadMeta<T>(db: Db, vault: Vault, key: string): Promise<Meta<T> | undefined> {
  const row = await db.get('meta', key);
  return row && { v: row.v, value: await openJson<T>(vault, 'meta', metaPlace(key, row.v), row.box) };
}

/** A feed with a row that cannot be opened is fetched anew; what can be opened is shown until then. */
async function reload(core: Core, meta: Meta<MirrorState> | undefined): Promise<void> {
  for (const f of core.mirror.feedNames()) core.mirror.drop(f);
  core.rev = meta?.v ?? 0;
  core.state.value = meta?.value ?? nothing();
  const feeds = new Map(Object.entries(core.state.value.feeds).map(([f, feed]) => [feed.alias, f]));
  const rows = await core.db.getAll('rows');
  const damaged = await Promise.all(rows.map((row) => openRow(core, feeds.get(row.f), row).then(() => [], () => feeds.get(row.f) ?? [])));
  const again = new Set([...(core.state.value.again ?? []), ...damaged.flat()]);
  if (again.size) core.state.value = { ...core.state.value, again: [...again] };
}

async function openRow(core: Core, f: string | undefined, row: Tables['rows']['value']): Promise<void> {
  if (f === undefined) return;
  core.mirror.put(f, row.b, await openJson<Doc>(core.vault, purposeOf(row.f), rowPlace(row.f, row.b, row.v), row.box));
}
