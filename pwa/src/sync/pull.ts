/** Receiving: pages until nothing is left; first snapshots chunk by chunk; a feed that does not add up is fetched anew. */
import type { Port } from '../store/port';
import type { AddedFeed, PullAnswer } from '../store/wire';
import type { Clock } from '../clock';
import { chunkAnswer, pullAnswer } from './answers';
import { type Checked, checkRows } from './chain';
import { offsetOf } from './push';
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
  const settled = line.port.settledIds();
  const again = new Set<string>();
  let received = 0;
  for (let troubles = 0; troubles < PATIENCE; ) {
    const base = line.port.state().cursor;
    const answer = await ask(line, base, [...again]);
    if (answer === 'start_over') {
      troubles++;
      await line.port.forget();
      continue;
    }
    if (await line.port.meetEpoch(answer.epoch)) return { received, restored: true };
    if (answer.reset) {
      troubles++;
      await line.port.forget();
      continue;
    }
    const done = await take(line, base, answer, settled, again);
    if (done === 'trouble') troubles++;
    else received += done;
    line.port.say({ at: 'receiving', done: received });
    if (done !== 'trouble' && isCurrent(answer)) return { received, restored: false };
  }
  throw new SyncError('bad_answer');
}

async function ask(line: Line, base: string | null, again: string[]): Promise<PullAnswer | 'start_over'> {
  const asked = { wall: line.clock.now(), steady: line.clock.steady() };
  const query = new URLSearchParams({ n: String(PAGE), device: line.port.device, store: line.port.store });
  if (base !== null) query.set('c', base);
  if (again.length) query.set('again', again.join(','));
  try {
    const answer = pullAnswer(await line.transport.get(`/api/sync/pull?${query.toString()}`));
    await line.port.measured(offsetOf(answer.now, asked, line.clock));
    return answer;
  } catch (error) {
    if (error instanceof SyncError && error.code === 'bad_cursor' && base !== null) return 'start_over';
    throw error;
  }
}

/** Rows that came after a snapshot was taken are in the next answer. */
function isCurrent(answer: PullAnswer): boolean {
  return !answer.more && answer.add.every((add) => !add.snapshot || answer.heads[add.f]?.[0] === add.snapshot.seq);
}

/** Number of rows applied, or that a feed must be fetched anew. */
async function take(line: Line, base: string | null, answer: PullAnswer, settled: ReadonlySet<string>, again: Set<string>): Promise<number | 'trouble'> {
  const { port } = line;
  const stale = await takeSnapshots(line, answer);
  for (const f of stale) again.add(f);
  if (stale.length) return 'trouble';
  const checked = await check(port, answer);
  if (checked.broken.length) {
    await setAside(port, checked.broken, again);
    return 'trouble';
  }
  if (!(await port.applyPage({ base, answer, rows: checked.rows, heads: checked.heads, settled, current: isCurrent(answer) }))) return 'trouble';
  for (const add of answer.add) again.delete(add.f);
  return checked.rows.length;
}

function check(port: Port, answer: PullAnswer): Promise<Checked> {
  const at: { [f: string]: { q: number; h: string } } = { ...port.state().feeds };
  for (const f of answer.drop) delete at[f];
  for (const add of answer.add) at[add.f] = add.snapshot ? { q: add.snapshot.seq, h: add.snapshot.h } : { q: 0, h: 'AAAAAAAAAAA' };
  return checkRows(answer.events, at, answer.heads, isCurrent(answer));
}

/** A feed that was asked for anew and is broken again: everything starts over. */
async function setAside(port: Port, broken: string[], again: Set<string>): Promise<void> {
  const twice = broken.some((f) => again.has(f) || !port.state().feeds[f]);
  if (twice) await port.forget();
  else for (const f of broken) await port.forget(f);
  for (const f of twice ? [...again] : []) again.delete(f);
  if (!twice) for (const f of broken) again.add(f);
}

/** Feeds whose snapshot is gone from the server meanwhile. */
async function takeSnapshots(line: Line, answer: PullAnswer): Promise<string[]> {
  const gone: string[] = [];
  const fresh = answer.add.filter((add) => add.snapshot);
  const inline = fresh.find((add) => add.f === answer.first?.f);
  if (inline && answer.first && line.port.missingChunks(inline).includes(answer.first.chunk.n)) {
    await line.port.applyChunk(inline, answer.first.chunk);
  }
  for (const add of [...fresh].sort(commonFirst)) if (!(await takeSnapshot(line, add))) gone.push(add.f);
  return gone;
}

/** The list of people first; what is clinical then finds their households. */
const commonFirst = (a: AddedFeed, b: AddedFeed) => Number(b.audience === 'common') - Number(a.audience === 'common');

async function takeSnapshot(line: Line, add: AddedFeed): Promise<boolean> {
  try {
    for (const n of line.port.missingChunks(add)) {
      const path = `/api/sync/snapshots/${encodeURIComponent(add.f)}/${add.snapshot?.seq ?? 0}/${n}`;
      await line.port.applyChunk(add, chunkAnswer(await line.transport.get(path)));
    }
    return true;
  } catch (error) {
    if (error instanceof SyncError && (error.code === 'snapshot_gone')) return false;
    throw error;
  }
}
