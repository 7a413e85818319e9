/** What one open store holds in memory, and how it gets there from disk. Only store/ sees it. */
import { type Signal, signal } from '@preact/signals';
import type { Bag, CountyDays, Notice, Receipt, SyncState, Worker } from './api';
import { b64, randomBytes } from './bytes';
import type { CardList } from '../rules/card';
import type { Clock } from '../clock';
import type { Db, SealedRow, Tables } from './db';
import { Mirror, type Doc } from './mirror';
import { type Local, openOutbox } from './outbox';
import { type Turn, createTurn, openJson } from './sealing';
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
  bag?: Bag;
  days?: CountyDays;
  /** of colleagues; empty for one the town cannot name */
  names?: { [worker: string]: string };
  /** card keys, and cards out of force, as the town last signed them */
  cards?: CardList;
}
export interface Core {
  db: Db;
  vault: Vault;
  clock: Clock;
  /** the town's, pinned when this phone was registered */
  signKey: JsonWebKey | undefined;
  mirror: Mirror;
  view: View;
  /** version of the mirror on disk that memory equals */
  rev: number;
  /** counts what this window changed in memory after writing it */
  edits: number;
  /** one after another: what changes the outbox, and reading it anew */
  turn: Turn;
  state: Signal<MirrorState>;
  locals: Signal<Local[]>;
  news: Signal<News>;
  sync: Signal<SyncState>;
  persisted: Signal<boolean | undefined>;
  /** false while most of the working set is still being opened behind the first doors */
  whole: Signal<boolean>;
  /** resolves when it is whole; rejects when the rest could not be read. Nothing may be folded in before. */
  opened: Promise<void>;
  /** tells other windows */
  announce(): void;
}

/** [feed alias, bucket] */
export type RowKey = [string, string];
type RowOnDisk = Tables['rows']['value'];
/** Without a document: its row could not be opened. */
export interface OpenedRow {
  f: string;
  b: string;
  doc: Doc | undefined;
}

export const NO_CHAIN = b64(new Uint8Array(8));
export const newAlias = () => b64(randomBytes(9));
export const purposeOf = (alias: string) => `rows/${alias}`;
export const rowPlace = (alias: string, b: string, v: number) => `rows/${alias}/${b}/${v}`;
export const metaPlace = (key: string, v: number) => `meta/${key}/${v}`;

/** The newest ten are kept. */
export const noticed = (news: News, notice: Notice): News => ({ ...news, notices: [notice, ...news.notices].slice(0, 10) });

const nothing = (): MirrorState => ({ epoch: null, cursor: null, feeds: {} });

/** An empty memory over a disk; `openAll` or `refresh` fills it. */
export function createCore(db: Db, vault: Vault, clock: Clock, worker: Worker, announce: () => void, signKey?: JsonWebKey): Core {
  const state = signal(nothing());
  const mirror = new Mirror((f) => state.value.feeds[f]?.audience === 'own');
  const locals = signal<Local[]>([]);
  return {
    db,
    vault,
    clock,
    signKey,
    mirror,
    view: createView(mirror, () => locals.value),
    rev: -1,
    edits: 0,
    turn: createTurn(),
    state,
    locals,
    news: signal<News>({ receipts: [], notices: [], worker }),
    sync: signal<SyncState>({ at: 'idle' }),
    persisted: signal<boolean | undefined>(undefined),
    whole: signal(true),
    opened: Promise.resolve(),
    announce,
  };
}

/** Makes memory equal to disk again if another window moved the mirror on. */
export async function catchUp(core: Core): Promise<void> {
  const row = await core.db.table('meta').get('mirror');
  if ((row?.v ?? 0) !== core.rev) await refresh(core);
}

/** Makes memory equal to disk again. What this window itself writes meanwhile makes it read once more. */
export const refresh = (core: Core): Promise<void> =>
  core.turn(async () => {
    for (;;) {
      const before = core.edits;
      const found = await readDisk(core);
      if (core.edits === before) return adopt(core, found);
    }
  });

export interface Found {
  v: number;
  state: MirrorState;
  news: News | undefined;
  locals: Local[];
  unreadable: number;
  /** undefined: memory has these rows */
  docs: { f: string; b: string; doc: Doc }[] | undefined;
}

/** One moment of the disk, opened; of the rows only `keys` if given. A feed with a row that cannot be opened is to be fetched anew. */
export async function readDisk({ db, vault, rev }: Core, keys?: readonly RowKey[]): Promise<Found> {
  const tx = db.transaction(['meta', 'rows', 'outbox']);
  const [mirror, news, outbox] = await Promise.all([tx.objectStore('meta').get('mirror'), tx.objectStore('meta').get('news'), tx.objectStore('outbox').getAll()]);
  const v = mirror?.v ?? 0;
  const rows = v === rev ? undefined : await readRows(tx.objectStore('rows'), keys);
  const stood = mirror ? openMeta<MirrorState>(vault, 'mirror', mirror) : Promise.resolve(nothing());
  const [state, docs, said, told] = await Promise.all([
    stood, rows && openRows(vault, stood, rows), openOutbox(vault, outbox), news && openMeta<News>(vault, 'news', news),
  ]);
  return { v, state: withAgain(state, docs ?? []), news: told, ...said, docs: docs?.flatMap(({ f, b, doc }) => (doc ? { f, b, doc } : [])) };
}

type RowTable = { get(key: RowKey): Promise<RowOnDisk | undefined>; getAll(): Promise<RowOnDisk[]> };

async function readRows(table: RowTable, keys: readonly RowKey[] | undefined): Promise<RowOnDisk[]> {
  if (!keys) return table.getAll();
  return (await Promise.all(keys.map((key) => table.get(key)))).flatMap((row) => row ?? []);
}

/** The state that asks anew for each feed of which a row could not be opened. */
export function withAgain(state: MirrorState, docs: readonly OpenedRow[]): MirrorState {
  const again = [...new Set([...(state.again ?? []), ...docs.flatMap(({ f, doc }) => (doc ? [] : f))])];
  return again.length ? { ...state, again } : state;
}

export const openMeta = <T>(vault: Vault, key: string, row: SealedRow) => openJson<T>(vault, 'meta', metaPlace(key, row.v), row.box);

/** Rows of a feed that is not known any more are passed over. */
export async function openRows(vault: Vault, state: MirrorState | Promise<MirrorState>, rows: readonly RowOnDisk[]): Promise<OpenedRow[]> {
  const docs = await Promise.all(rows.map((row) => openDoc(vault, row)));
  const names = new Map(Object.entries((await state).feeds).map(([f, { alias }]) => [alias, f]));
  return rows.flatMap((row, at) => {
    const f = names.get(row.f);
    return f === undefined ? [] : [{ f, b: row.b, doc: docs[at] }];
  });
}

const openDoc = (vault: Vault, row: RowOnDisk): Promise<Doc | undefined> =>
  openJson<Doc>(vault, purposeOf(row.f), rowPlace(row.f, row.b, row.v), row.box).catch(() => undefined);

/** Memory becomes what was found; with `part`, only what the found rows speak of is shown. */
export function adopt(core: Core, { v, state, news, locals, unreadable, docs }: Found, part = false): void {
  if (docs) for (const f of core.mirror.feedNames()) core.mirror.drop(f);
  for (const { f, b, doc } of docs ?? []) core.mirror.put(f, b, doc);
  core.rev = v;
  core.state.value = state;
  if (news) core.news.value = news;
  const told = core.news.value.notices.some((notice) => notice.code === 'unreadable');
  if (unreadable && !told) core.news.value = noticed(core.news.value, { code: 'unreadable', at: core.clock.now() });
  core.locals.value = locals;
  core.view.rebuild(part ? [...core.mirror.subjects()] : 'all');
}
