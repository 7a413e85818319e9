/** Receiving: pages until nothing is left; first snapshots chunk by chunk; a feed that does not add up is fetched anew. */
import type { Port } from '../store/port';
import type { AddedFeed, PullAnswer } from '../store/wire';
import type { Clock } from '../clock';
import { chunkAnswer, pullAnswer } from './answers';
import { type Checked, checkRows } from './chain';
import { offsetOf } from './pace';
import { SyncError, type Transport } from './transport';

const PAGE = 1000;
/** A server that contradicts itself this often in one run is left alone for a while. */
const PATIENCE = 4;

export interface Line {
  port: Port;
  transport: Transport;
  clock: Clock;
}
export interface Pulled {
  received: number;
  restored: boolean;
}

/** Rejects SyncError; pages applied until then stay. */
export async function pullAll(line: Line): Promise<Pulled> {
  const { port } = line;
  const settled = port.settledIds();
  let received = 0;
  for (let troubles = 0; troubles < PATIENCE; ) {
    const base = port.state().cursor;
    const answer = await ask(line, base);
    if (answer !== 'bad_cursor' && (await port.meetEpoch(answer.epoch))) return { received, restored: true };
    const done = answer === 'bad_cursor' || answer.reset ? await startOver(port) : await take(line, base, answer, settled);
    if (done === 'trouble' || leadsNowhere(answer)) troubles++;
    if (done !== 'trouble') received += done;
    port.say({ at: 'receiving', done: received });
    if (done !== 'trouble' && answer !== 'bad_cursor' && isCurrent(answer)) return { received, restored: false };
  }
  throw new SyncError('bad_answer');
}

async function startOver(port: Port): Promise<'trouble'> {
  await port.forget();
  return 'trouble';
}

async function ask(line: Line, base: string | null): Promise<PullAnswer | 'bad_cursor'> {
  const asked = { wall: line.clock.now(), steady: line.clock.steady() };
  const { again = [] } = line.port.state();
  const query = new URLSearchParams({ n: String(PAGE), device: line.port.device, store: line.port.store });
  if (base !== null) query.set('c', base);
  if (base !== null && again.length) query.set('again', again.join(','));
  try {
    const answer = pullAnswer(await line.transport.get(`/api/sync/pull?${query.toString()}`));
    await line.port.measured(offsetOf(answer.now, asked, line.clock));
    return answer;
  } catch (error) {
    if (error instanceof SyncError && error.code === 'bad_cursor' && base !== null) return 'bad_cursor';
    throw error;
  }
}

/** A page of nothing that promises more: asked again and again it would empty her battery. */
const leadsNowhere = (answer: PullAnswer | 'bad_cursor'): boolean =>
  answer !== 'bad_cursor' && answer.more && answer.events.length + answer.add.length + answer.drop.length === 0;

/** Rows that came after a snapshot was taken are in the next answer. */
function isCurrent(answer: PullAnswer): boolean {
  return !answer.more && answer.add.every((add) => !add.snapshot || answer.heads[add.f]?.[0] === add.snapshot.seq);
}

/** Number of rows applied, or that there was trouble: asked again, the answer will be another. */
async function take(line: Line, base: string | null, answer: PullAnswer, settled: ReadonlySet<string>): Promise<number | 'trouble'> {
  const { port } = line;
  if (!(await takeSnapshots(line, answer))) return 'trouble';
  const { rows, heads, broken } = await check(port, answer);
  if (broken.length) await setAside(port, broken);
  else if (await port.applyPage({ base, answer, rows, heads, settled, current: isCurrent(answer) })) return rows.length;
  return 'trouble';
}

function check(port: Port, answer: PullAnswer): Promise<Checked> {
  const at: { [f: string]: { q: number; h: string } } = { ...port.state().feeds };
  for (const f of answer.drop) delete at[f];
  for (const add of answer.add) at[add.f] = add.snapshot ? { q: add.snapshot.seq, h: add.snapshot.h } : { q: 0, h: 'AAAAAAAAAAA' };
  return checkRows(answer.events, at, answer.heads, isCurrent(answer));
}

/** A broken feed is asked for anew; one that is broken even then, or was never begun, starts everything over. */
async function setAside(port: Port, broken: string[]): Promise<void> {
  const { feeds, again = [] } = port.state();
  if (broken.some((f) => again.includes(f) || !feeds[f])) return port.forget();
  for (const f of broken) await port.forget(f);
}

/** False: the server has a newer snapshot of one of them meanwhile. */
async function takeSnapshots(line: Line, answer: PullAnswer): Promise<boolean> {
  const fresh = answer.add.filter((add) => add.snapshot).sort(commonFirst);
  if (fresh.length) sayBytes(line.port, fresh);
  const inline = fresh.find((add) => add.f === answer.first?.f);
  if (inline && answer.first && line.port.missingChunks(inline).includes(answer.first.chunk.n)) {
    await line.port.applyChunk(inline, answer.first.chunk);
    sayBytes(line.port, fresh);
  }
  for (const add of fresh) if (!(await takeSnapshot(line, add, () => sayBytes(line.port, fresh)))) return false;
  return true;
}

/** The list of people first; what is clinical then finds their households. */
const commonFirst = (a: AddedFeed, b: AddedFeed) => Number(b.audience === 'common') - Number(a.audience === 'common');

/** What of these snapshots lies on the phone, in bytes as they travel. */
function sayBytes(port: Port, adds: readonly AddedFeed[]): void {
  const size = (add: AddedFeed, n: number): number => add.snapshot?.chunks[n]?.bytes ?? 0;
  const of = sum(adds.flatMap((add) => (add.snapshot?.chunks ?? []).map((_, n) => size(add, n))));
  const left = sum(adds.flatMap((add) => port.missingChunks(add).map((n) => size(add, n))));
  port.say({ at: 'receiving', done: 0, bytes: { done: of - left, of } });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

async function takeSnapshot(line: Line, add: AddedFeed, taken: () => void): Promise<boolean> {
  try {
    for (const n of line.port.missingChunks(add)) {
      const path = `/api/sync/snapshots/${encodeURIComponent(add.f)}/${add.snapshot?.seq ?? 0}/${n}`;
      await line.port.applyChunk(add, chunkAnswer(await line.transport.get(path)));
      taken();
    }
    return true;
  } catch (error) {
    if (error instanceof SyncError && (error.code === 'snapshot_gone')) return false;
    throw error;
  }
}
