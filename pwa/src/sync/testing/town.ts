/**
 * The protocol's server as a model: SYNC §0's rules and nothing else, in memory, so that tests can restore it, take grants
 * away and let it contradict itself. The real server is tried in sync.http.test.ts.
 */
import { b64, join, sha256, unb64, utf8 } from '../../store/bytes';
import type { AddedFeed, Chunk, Event, PullAnswer, PushAnswer, ResultRun, Row } from '../../store/wire';
import { type Cursor, type PushBody, type State, clone, nothing, pick, readCursor, rowOf } from './state';

export class Town {
  epoch = 1;
  now = 1_800_000_000_000;
  state: State = { feeds: new Map(), taken: new Map(), numbers: new Map(), parked: new Map(), revs: new Map() };
  /** feeds this county's only worker may have */
  grants = new Set<string>();
  backedUp = 0;
  /** newest number the server says it has of a store whose memory was emptied */
  top = 0;
  pageSize = 1000;
  /** feeds that begin with a snapshot, in chunks of this many rows */
  chunkRows = 0;
  private backup?: State;

  /** What workers are called. */
  readonly names = new Map<string, string>();

  named(ids: string): { [id: string]: string } {
    return Object.fromEntries([...this.names].filter(([id]) => ids.split(',').includes(id)));
  }

  /** Opens a feed for everybody. */
  async open(area: string, audience = 'common'): Promise<string> {
    const f = `${area}.${audience}`;
    if (!this.state.feeds.has(f)) this.state.feeds.set(f, { area, audience, rows: [], heads: [b64(new Uint8Array(8))] });
    this.grants.add(f);
    return Promise.resolve(f);
  }

  async append(f: string, row: Omit<Row, 'f' | 'q'>): Promise<void> {
    const feed = this.state.feeds.get(f);
    if (!feed) throw new Error(`no feed ${f}`);
    const h = feed.heads[feed.heads.length - 1] ?? '';
    feed.heads.push(b64((await sha256(join(unb64(h), utf8(row.id), unb64(row.digest)))).slice(0, 8)));
    feed.rows.push({ ...row, f, q: feed.rows.length + 1 });
  }

  async push({ store, events }: PushBody): Promise<PushAnswer> {
    const results: ResultRun[] = [];
    for (const event of events) results.push([1, ...(await this.take(event))]);
    const have = this.have(store);
    return { epoch: `e${this.epoch}`, now: this.now, have, missing: [], backed_up: Math.min(have, this.backedUp), results };
  }

  /** What a patch or record does; unknown forms are parked. */
  private async take(event: Event & { dseq: number }): Promise<[string, string?]> {
    const { taken, numbers, parked } = this.state;
    const number = `${event.store}/${event.dseq}`;
    if (parked.has(event.id)) return ['parked', 'bad_shape'];
    if (taken.get(event.id) === event.digest) return ['duplicate'];
    if (taken.has(event.id) || numbers.has(number)) {
      if (!numbers.has(number)) numbers.set(number, event.id);
      return this.keep(event, 'fork');
    }
    numbers.set(number, event.id);
    if (event.schema.startsWith('unheard_of')) return this.keep(event, 'parked', 'unknown_schema');
    taken.set(event.id, event.digest);
    const f = `${event.area}.common`;
    if (event.kind === 'patch') await this.merge(f, event);
    else await this.append(f, rowOf(event));
    return this.grants.has(f) ? ['accepted'] : ['accepted', 'late_grant'];
  }

  private keep(event: Event, code: string, reason?: string): [string, string?] {
    this.state.parked.set(code === 'fork' ? `${event.id}/${event.digest}` : event.id, event);
    return reason === undefined ? [code] : [code, reason];
  }

  private async merge(f: string, event: Event): Promise<void> {
    const type = event.schema.startsWith('person') ? 'person' : 'household';
    const id = (type === 'person' ? event.person : event.household) ?? '';
    const revs = this.state.revs.get(id) ?? {};
    this.state.revs.set(id, revs);
    const { set = {}, base = {} } = event.body;
    const applied = Object.keys(set).filter((field) => (base[field] ?? undefined) === revs[field]);
    for (const field of applied) revs[field] = event.id;
    const body = { type, set: pick(set, applied), rev: Object.fromEntries(applied.map((field) => [field, event.id])) } as const;
    await this.append(f, { ...rowOf(event), kind: 'state', body });
  }

  private have(store: string): number {
    let have = 0;
    while (this.state.numbers.has(`${store}/${have + 1}`)) have++;
    return have;
  }

  /** Throws Refusal `bad_cursor`. */
  pull(c: string | null, again: readonly string[] = [], most = this.pageSize): PullAnswer {
    const epoch = `e${this.epoch}`;
    const cursor = c === null ? { epoch, at: {} } : readCursor(c);
    if (cursor.epoch !== epoch) return { ...nothing(epoch, this.now), reset: true };
    for (const f of again) delete cursor.at[f];
    const drop = Object.keys(cursor.at).filter((f) => !this.grants.has(f));
    for (const f of drop) delete cursor.at[f];
    const added = [...this.grants].sort().filter((f) => cursor.at[f] === undefined);
    const add = added.map((f) => this.added(f));
    for (const one of add) cursor.at[one.f] = one.snapshot?.seq ?? 0;
    const answer: PullAnswer = { ...nothing(epoch, this.now), drop, add };
    this.fill(answer, cursor, most, new Set(add.filter((one) => one.snapshot).map((one) => one.f)));
    return { ...answer, c: b64(utf8(JSON.stringify(cursor))) };
  }

  private fill(answer: PullAnswer, cursor: Cursor, most: number, held: Set<string>): void {
    let left = most;
    for (const f of Object.keys(cursor.at).sort()) {
      const feed = this.state.feeds.get(f);
      const from = cursor.at[f] ?? 0;
      const rows = held.has(f) ? [] : (feed?.rows.slice(from, from + left) ?? []);
      answer.events.push(...rows);
      left -= rows.length;
      cursor.at[f] = from + rows.length;
      const size = feed?.rows.length ?? 0;
      if (cursor.at[f] < size) answer.more = true;
      else if (rows.length || held.has(f) || answer.add.some((one) => one.f === f)) answer.heads[f] = [size, feed?.heads[size] ?? ''];
    }
  }

  private added(f: string): AddedFeed {
    const feed = this.state.feeds.get(f);
    const { area = '', audience = '' } = feed ?? {};
    const size = feed?.rows.length ?? 0;
    if (!this.chunkRows || size < 2) return { f, area, audience, name: area };
    const seq = size - 1;
    const chunks = Array.from({ length: Math.ceil(seq / this.chunkRows) }, (_, n) => ({ sha: `${f}/${seq}/${n}`, bytes: 1 }));
    return { f, area, audience, name: area, snapshot: { seq, h: feed?.heads[seq] ?? '', chunks } };
  }

  chunk(f: string, seq: number, n: number): Chunk {
    const rows = this.state.feeds.get(f)?.rows.slice(0, seq) ?? [];
    return { f, seq, n, of: Math.ceil(seq / this.chunkRows), rows: rows.slice(n * this.chunkRows, (n + 1) * this.chunkRows) };
  }

  saveBackup(): void {
    this.backup = clone(this.state);
  }

  /** Yesterday's state under a new epoch. */
  restore(): void {
    if (!this.backup) return;
    this.state = clone(this.backup);
    this.epoch += 1;
  }

  /** Every event id that is somewhere here. */
  ids(): Set<string> {
    return new Set([...this.state.taken.keys(), ...this.state.parked.keys()]);
  }
}
