/** Sending: batches until the outbox is empty or stuck. */
import type { Port } from '../store/port';
import { SyncError, type Transport } from './transport';
import { pushAnswer } from './answers';
import type { Clock } from '../clock';
import { FIRST, type Pace, offsetOf } from './pace';

const SMALLEST = 1;
const LARGEST = 250;
const BYTES = 128 * 1024;

export interface Pushed {
  sent: number;
  /** the server was restored: everything has been put back to be sent */
  restored: boolean;
  /** some asked to be sent again later */
  again: boolean;
}

/** Rejects SyncError; what was settled until then stays settled. */
export async function pushAll(port: Port, transport: Transport, clock: Clock, pace: Pace): Promise<Pushed> {
  const run = clock.now();
  const pushed: Pushed = { sent: 0, restored: false, again: false };
  for (;;) {
    const left = port.unsent();
    if (left === 0) return pushed;
    port.say({ at: 'sending', left });
    const step = await pushOnce(port, transport, clock, pace, run);
    if (step === 'smaller') continue;
    if (step === 'restored') return { ...pushed, restored: true };
    pushed.sent += step.taken;
    if (step.left === 0) return { ...pushed, again: true };
  }
}

type Step = 'smaller' | 'restored' | { left: number; taken: number };

async function pushOnce(port: Port, transport: Transport, clock: Clock, pace: Pace, run: number): Promise<Step> {
  const batch = await port.nextBatch(pace.most, BYTES, pace.skip);
  if (!batch) return { left: 0, taken: 0 };
  const { epoch } = port.state();
  const asked = { wall: clock.now(), steady: clock.steady() };
  const head = { proto: 1, device: batch.device, store: batch.store, epoch, now: asked.wall, clk: clock.clk(), dseq_min_unsent: batch.from, unsent: Math.max(0, port.unsent() - batch.events.length) };
  let answer;
  try {
    answer = pushAnswer(await transport.post('/api/sync/push', { ...head, events: batch.events }));
  } catch (error) {
    if (!halve(pace, batch.events.length, error) && !setAside(port, pace, batch.store, error)) throw error;
    return 'smaller';
  }
  await port.measured(offsetOf(answer.now, asked, clock));
  if (await port.meetEpoch(answer.epoch)) return 'restored';
  const settled = await port.settle(batch, answer, clock.now(), run);
  if (settled.emptied) await port.startAbove(batch.store, answer.have);
  pace.most = Math.min(LARGEST, Math.max(pace.most, Math.ceil(batch.events.length * 1.5)));
  if (settled.left === 0) pace.most = Math.max(pace.most, FIRST);
  return settled;
}

/** Smaller batches pass where the line is slow or the server's cup is small. False: this error has another cause. */
function halve(pace: Pace, size: number, error: unknown): boolean {
  const fits = error instanceof SyncError && (error.status === 413 || error.code === 'timed_out');
  if (!fits || size <= SMALLEST) return false;
  pace.most = Math.max(SMALLEST, Math.floor(size / 2));
  return error.status === 413;
}

/** Rows of an earlier store id must not hold up those of the present one. */
function setAside(port: Port, pace: Pace, store: string, error: unknown): boolean {
  if (!(error instanceof SyncError) || error.code !== 'wrong_store' || store === port.store) return false;
  pace.skip.add(store);
  return true;
}
