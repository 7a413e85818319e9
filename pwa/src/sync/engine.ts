/** One syncer a phone: pushes until empty or stuck, then pulls; waits longer after each failure; never works in the background. */
import { type Engine, type Outcome, type Store, StoreError } from '../store/api';
import type { Clock } from '../clock';
import type { Port } from '../store/port';
import { waitAfter } from './backoff';
import { learnNames } from './names';
import { type Pace, newPace } from './pace';
import { pullAll } from './pull';
import type { Pushed } from './push';
import type { Surroundings } from './surroundings';
import { SyncError, type Transport } from './transport';

export interface EngineSetup {
  store: Pick<Store, 'status'> & { port: Port };
  transport: Transport;
  clock: Clock;
  /** absent: this window syncs by itself; the store's base check keeps two from harming each other */
  locks?: Pick<LockManager, 'request'>;
  /** absent: it syncs when asked and at no other time */
  surroundings?: Surroundings;
  /** in [0, 1) */
  random?: () => number;
  /** what else goes while the line is good (code null), or is to be asked when it is not; its own failure harms nothing */
  beside?: (code: string | null) => Promise<void>;
}

interface Engaged extends EngineSetup {
  pace: Pace;
  failures: number;
  lastGood: number;
  running?: Promise<Outcome>;
  /** a run is planned; calling it off */
  callOff?: () => void;
  savedMeanwhile: boolean;
}

/** Another window is at it; its results are heard through the channel. */
const ELSEWHERE: Outcome = { ok: false, code: 'elsewhere', retryAt: 0 };
/** No use in asking again before she or the town has done something. */
const NEEDS_HER = new Set(['not_signed_in', 'phone_revoked', 'wrong_store', 'fork', 'update_needed', 'closed', 'full_disk']);
const NOTHING: Pushed = { sent: 0, restored: false, again: false };
const ROUNDS = 3;
const QUIET_MS = 20_000;
const SECOND_THOUGHT_MS = 4_000;

export function createEngine(setup: EngineSetup): Engine {
  const me: Engaged = { ...setup, pace: newPace(), failures: 0, lastGood: -Infinity, savedMeanwhile: false };
  const offs: (() => void)[] = [];
  return {
    sync: () => sync(me),
    start() {
      if (offs.length) return;
      offs.push(me.store.port.onSave(() => saved(me)));
      if (me.surroundings) offs.push(me.surroundings.onAwake(() => awake(me)));
      void sync(me);
    },
    stop() {
      for (const off of offs.splice(0)) off();
      me.callOff?.();
      delete me.callOff;
    },
  };
}

function sync(me: Engaged): Promise<Outcome> {
  me.running ??= locked(me).finally(() => {
    delete me.running;
    if (me.savedMeanwhile && me.failures === 0) saved(me);
  });
  return me.running;
}

/** Sent soon, but not before she could take it back. While a retry is planned, a save waits for it. */
function saved(me: Engaged): void {
  if (me.running) me.savedMeanwhile = true;
  else if (!me.surroundings) void sync(me);
  else me.callOff ??= me.surroundings.later(SECOND_THOUGHT_MS, () => void sync(me));
}

function awake(me: Engaged): void {
  const justNow = me.clock.steady() - me.lastGood < QUIET_MS && me.store.port.unsent() === 0;
  if (!justNow) void sync(me);
}

function locked(me: Engaged): Promise<Outcome> {
  me.callOff?.();
  delete me.callOff;
  me.savedMeanwhile = false;
  if (!me.locks) return attempt(me);
  return me.locks.request('suifang-sync', { ifAvailable: true }, (lock) => (lock ? attempt(me) : Promise.resolve(ELSEWHERE)));
}

async function attempt(me: Engaged): Promise<Outcome> {
  try {
    const outcome = await run(me);
    me.failures = 0;
    me.lastGood = me.clock.steady();
    me.store.port.say({ at: 'idle' });
    await beside(me, null);
    return outcome;
  } catch (error) {
    const outcome = stopped(me, error);
    await beside(me, outcome.code);
    return outcome;
  }
}

const beside = async (me: Engaged, code: string | null): Promise<void> => me.beside?.(code).catch(() => undefined);

async function run({ store, transport, clock, pace, surroundings }: Engaged): Promise<Outcome> {
  if (surroundings?.online?.() === false) throw new SyncError('offline');
  const { port } = store;
  await port.refresh();
  await beNumbered(port, transport);
  let sent = 0;
  for (let round = 0; round < ROUNDS; round++) {
    // Her records brought the part that sends them; on a day without any it is not waited for.
    const pushed = port.unsent() === 0 ? NOTHING : await (await import('./push')).pushAll(port, transport, clock, pace);
    sent += pushed.sent;
    if (pushed.restored) continue;
    const pulled = await pullAll({ port, transport, clock });
    if (pulled.restored) continue;
    if (port.forked()) throw new SyncError('fork');
    if (pushed.again) throw new SyncError('retry');
    await learnNames(port, transport);
    return { ok: true, sent, received: pulled.received };
  }
  throw new SyncError('bad_answer');
}

/** A store whose memory was emptied must not give out numbers a second time. */
async function beNumbered(port: Port, transport: Transport): Promise<void> {
  if (await port.numbered()) return;
  const known = await transport.post<{ top: number }>(`/api/devices/${port.device}/stores`);
  if (!Number.isInteger(known.top)) throw new SyncError('bad_answer');
  await port.startAbove(port.store, known.top);
}

function stopped(me: Engaged, error: unknown): Outcome & { ok: false } {
  const code = error instanceof SyncError || error instanceof StoreError ? error.code : 'unexpected';
  if (code === 'unexpected') console.error(error);
  me.failures += 1;
  const wait = waitAfter(me.failures, (me.random ?? Math.random)(), error instanceof SyncError ? error.retryAfter : undefined);
  const retryAt = NEEDS_HER.has(code) ? 0 : me.clock.now() + wait;
  me.store.port.say({ at: 'stopped', code, retryAt });
  if (retryAt) me.callOff = me.surroundings?.later(wait, () => retry(me));
  return { ok: false, code, retryAt };
}

/** Hidden, it waits for the page to be seen again. */
function retry(me: Engaged): void {
  delete me.callOff;
  if (me.surroundings?.visible()) void sync(me);
}
