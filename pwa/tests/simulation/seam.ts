/**
 * What the phones' code finds where a browser would be: storage in memory that can be killed between any two writes or run
 * full, randomness from the seed, SHA-256 without a thread, windows that hear each other. Nothing else is replaced.
 */
import { createHash } from 'node:crypto';
import 'fake-indexeddb/auto';
import type { Dice } from './dice';

export interface Storage {
  /** Lets `n` more writes through, then none: the phone is off, or (`full`) its disk has no room. */
  endAfter(n: number, how: 'killed' | 'full'): void;
  revive(): void;
  /** writes since the last `revive` */
  writes(): number;
}

type Write = (this: IDBObjectStore, ...args: unknown[]) => unknown;
const VERBS = ['put', 'add', 'delete'] as const;

/** What the app stores is plain objects and bytes; copied by hand they take a fifth of the time. Anything else goes the long way. */
export function installCloning(): void {
  const whole = globalThis.structuredClone;
  const copy = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return typeof value === 'function' || typeof value === 'symbol' ? whole(value) : value;
    if (Array.isArray(value)) return value.map(copy);
    const kind: unknown = Object.getPrototypeOf(value);
    if (kind === Uint8Array.prototype) return new Uint8Array(value as Uint8Array);
    return kind === Object.prototype ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copy(one)])) : whole(value);
  };
  Object.assign(globalThis, { structuredClone: copy });
}

export function createStorage(): Storage {
  const table = IDBObjectStore.prototype as unknown as Record<(typeof VERBS)[number], Write>;
  const state = { left: Infinity, how: 'killed', writes: 0 };
  for (const verb of VERBS) {
    const write = table[verb];
    table[verb] = function (...args) {
      if (verb === 'delete' && state.how === 'full') return write.apply(this, args);
      if (state.left-- > 0) {
        state.writes += 1;
        return write.apply(this, args);
      }
      this.transaction.abort();
      throw state.how === 'full' ? new DOMException('no room', 'QuotaExceededError') : new DOMException('killed', 'InvalidStateError');
    };
  }
  return {
    endAfter: (n, how) => void Object.assign(state, { left: n, how }),
    revive: () => void Object.assign(state, { left: Infinity, how: 'killed', writes: 0 }),
    writes: () => state.writes,
  };
}

/**
 * The storage's tasks one after another, each when all that the one before it promised is done: a turn of the event loop
 * without the loop, which for thirty thousand turns a run asked the system each time whether somebody called.
 */
export function installTurns(): void {
  const tasks: (() => void)[] = [];
  const done = Promise.resolve();
  const afterPromises = () => process.nextTick(run);
  const run = () => {
    const task = tasks.shift();
    if (tasks.length) void done.then(afterPromises);
    task?.();
  };
  const turn = (task: () => void) => {
    if (tasks.push(task) === 1) void done.then(afterPromises);
  };
  Object.assign(globalThis, { setImmediate: turn });
}

/** One source for all of this process; `seeded` makes it start anew. */
export function installChance(): { seeded: (dice: Dice) => void } {
  const source: { dice?: Dice } = {};
  Object.defineProperty(crypto, 'getRandomValues', {
    value: (bytes: Uint8Array) => {
      source.dice?.fill(bytes);
      return bytes;
    },
  });
  const digest = (_: string, data: ArrayBuffer | Uint8Array) => {
    const hash = createHash('sha256').update(data instanceof Uint8Array ? data : new Uint8Array(data)).digest();
    return Promise.resolve(hash.buffer.slice(hash.byteOffset, hash.byteOffset + hash.length));
  };
  Object.defineProperty(crypto.subtle, 'digest', { value: digest });
  return { seeded: (dice) => void (source.dice = dice) };
}

/**
 * Windows of one phone hear each other in order, a turn of the event loop later. And bodies travel plain: gzip has its own tests.
 * `forget`: what an earlier seed left open hears nothing of this one's phones.
 */
export function installWindows(): { forget: () => void } {
  const open = new Map<string, Set<Channel>>();
  class Channel {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    constructor(private readonly name: string) {
      open.set(name, (open.get(name) ?? new Set()).add(this));
    }
    postMessage(data: unknown): void {
      for (const other of open.get(this.name) ?? []) if (other !== this) setImmediate(() => other.onmessage?.({ data }));
    }
    close(): void {
      this.onmessage = null;
      open.get(this.name)?.delete(this);
    }
  }
  Object.assign(globalThis, { BroadcastChannel: Channel, CompressionStream: undefined });
  return { forget: () => open.clear() };
}
