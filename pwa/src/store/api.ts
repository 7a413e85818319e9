/**
 * What the pages may ask of the phone's store. Everything is local: no call here waits for the network.
 * Days are "YYYY-MM-DD", times are milliseconds since 1970 as this phone believes, ids are UUIDv7 text.
 * Failed calls reject with a `StoreError`; pages branch on its `code`, never on its text.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { CardList } from '../rules/card';
import type { Changes } from '../rules/otherdays';
import type { Fields } from '../rules/otherfields';
import type { DueItem } from '../rules/shapes';
import type { Answers, Bundle, Change, Rec, Value } from './shapes';

export type { DueItem } from '../rules/shapes';
export type * from './shapes';

export type SyncState =
  | { at: 'idle' }
  | { at: 'sending'; left: number }
  /** done: rows; bytes: of the first lists, those taken before a break included, so that a bar never runs ahead or back */
  | { at: 'receiving'; done: number; bytes?: { done: number; of: number } }
  | { at: 'stopped'; code: StopCode; retryAt: number };

/**
 * Why sync stands still. From the line: offline, timed_out, cut_off, captive_portal, bad_gateway, wrong_type, bad_digest,
 * bad_json, bad_answer. From the server: not_signed_in, phone_revoked, wrong_store, rate_limited, server_error, retry.
 * Needs her: fork, store_emptied (both: register this phone again), phone_revoked, not_signed_in, update_needed.
 * Of this phone: full_disk, blocked (another window holds an older version), closed.
 */
export type StopCode = string;

export interface Receipt {
  at: number;
  count: number;
}
export interface FeedStatus {
  area: string;
  audience: string;
  name: string;
  /** when this feed was last known to be whole and current; 0 while its first snapshot is still coming */
  freshAt: number;
}
/** Days of services that the county set, up to its decision `n` (0: none), and the rules of forms (`anc/1`) that it confirmed; `v`: its newest decision of all. */
export interface CountyDays {
  n: number;
  days: Changes;
  fields?: Fields;
  v?: number;
  confirmed?: { readonly [schema: string]: readonly string[] };
}
/** Things worth telling once: county_days, feed_refetched, store_emptied, restored_server, unreadable (a waiting row cannot be opened; it stays). */
export interface Notice {
  code: string;
  at: number;
  area?: string;
}

export interface SyncStatus {
  state: SyncState;
  unsent: number;
  oldestUnsent?: number;
  lastReceipt?: Receipt;
  /** newest first, at most ten */
  receipts: Receipt[];
  /** code: the server's reason, "fork", or "conflict:<field>" (both values are kept, the desk asks) */
  parked: { id: string; code: string; person?: string; household?: string }[];
  feeds: FeedStatus[];
  /** server minus phone, ms; warn above ten minutes */
  clockOffset?: number;
  persisted?: boolean;
  notices: Notice[];
}

export interface Hit {
  household: string;
  person?: string;
  /** which field matched, for underlining: [from, to) in the shown name, or of the pinyin key */
  by: 'name' | 'pinyin' | 'initials' | 'door' | 'phone' | 'idLast4' | 'card';
  from?: number;
  to?: number;
}

export interface NewRecord {
  form: string;
  /** of the form it was begun in; absent: today's */
  version?: number;
  area: string;
  occurredOn: string;
  answers: Answers;
  person?: string;
  household?: string;
}
/** Called as soon as it lies on the disk, before any page shows it, and waited for; what it answers is done together with showing it. */
export type OnDisk = () => Promise<() => void>;

export interface PatchTo {
  area?: string;
  household?: string;
}

export interface NewPatch {
  type: 'person' | 'household';
  id: string;
  set: { [field: string]: Value };
  to?: PatchTo;
}

export interface Drafts {
  /** Saved sealed; calls for one key are kept in order. */
  save(key: string, value: Value): Promise<void>;
  load(key: string): Value | undefined;
  drop(key: string): Promise<void>;
  list(): { key: string; at: number }[];
}

export interface Worker {
  id: string;
  name: string;
  role: string;
  areas: { code: string; name: string; role: string }[];
  /** a liaison's township's villages: she gets none of their lists and still says where somebody lives */
  villages?: { code: string; name: string }[];
}

/** What she carries, as the desk wrote it down `at` (ms): suggestions, never a limit. `qty`: as handed to her. */
export interface BagLine {
  item: string;
  lot: string;
  expiry: string;
  qty: number;
}
export interface Bag {
  lines: readonly BagLine[];
  at: number;
}

export interface Store {
  readonly bag: ReadonlySignal<Bag>;
  readonly countyDays: ReadonlySignal<CountyDays | undefined>;
  readonly worker: ReadonlySignal<Worker>;
  /** the signed list of card keys and cards out of force; undefined until the town told one */
  readonly cards: ReadonlySignal<CardList | undefined>;
  /** household id → everything this worker may see of it, local unsent work included */
  readonly bundles: ReadonlySignal<ReadonlyMap<string, Bundle>>;
  /** records with neither a visible person nor household: stock movements, work for a person who was erased */
  readonly loose: ReadonlySignal<readonly Rec[]>;
  readonly status: ReadonlySignal<SyncStatus>;
  /** worker id → name, of those this phone has met */
  readonly names: ReadonlySignal<{ readonly [worker: string]: string | undefined }>;
  /** false for the first seconds of a large store: `bundles` then holds the first doors only; whom it lacks may yet come */
  readonly whole: ReadonlySignal<boolean>;
  /** Households to open first next time, in the order she sees them. Kept only once `whole`. */
  keepFront(households: readonly string[]): Promise<void>;
  due(today: string): DueItem[];
  /** Of one household as `bundles` has it: worked out for it alone. */
  dueIn(bundle: Bundle, today: string): readonly DueItem[];
  /** Works out a new day in slices; when it resolves, `due` has that day's list at hand. */
  ready(today: string): Promise<void>;
  bundleOf(person: string): Bundle | undefined;
  /** Who changed what, newest first, as far as this phone was told. */
  changes(type: 'person' | 'household', id: string): Change[];
  record(input: NewRecord): Promise<string>;
  /** One transaction: a whole visit (consent, follow-up, hand-out); `draft` is dropped in the same one. */
  recordAll(inputs: NewRecord[], draft?: string, onDisk?: OnDisk): Promise<string[]>;
  /** `answers` holds the changed fields only; null removes one. */
  amend(of: string, answers: Answers, reason: string): Promise<string>;
  voidRecord(of: string, reason: string): Promise<string>;
  /** Changes fields of a known one, or makes a new one under an id from `newId()`; a new person must carry `household`. */
  patch(type: 'person' | 'household', id: string, set: { [field: string]: Value }, to?: PatchTo): Promise<string>;
  /** A new household with its first person, or both after a move: one transaction; `draft` is dropped in the same one. */
  patchAll(patches: NewPatch[], draft?: string): Promise<string[]>;
  /** Only while it was never put on the line: else rejects `already_sent` (offer voidRecord), or `depended_on`. */
  undo(id: string): Promise<void>;
  /** She has seen an item of `status.parked`; the town keeps it whole. */
  dismiss(id: string): Promise<void>;
  newId(): string;
  readonly drafts: Drafts;
  close(): Promise<void>;
}

export class StoreError extends Error {
  /** Stable codes: already_sent, depended_on, unknown_record, unknown_area, too_large, bad_value, full_disk, closed, blocked, unreadable. */
  constructor(
    readonly code: string,
    message = code,
  ) {
    super(message);
    this.name = 'StoreError';
  }
}

/** What ended a sync: `done` says nothing is left to send and the mirror is current. */
export type Outcome = { ok: true; sent: number; received: number } | { ok: false; code: StopCode; retryAt: number };

export interface Engine {
  /** One run: push until empty or stuck, then pull. A call while one runs joins it. */
  sync(): Promise<Outcome>;
  /** Begin to react to saves, `online`, and the page becoming visible. */
  start(): void;
  stop(): void;
}
