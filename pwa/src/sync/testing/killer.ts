/** Ends a phone between any two writes to its storage: the write's transaction is gone, and so is every later one until the restart. */
import 'fake-indexeddb/auto';

export interface Killer {
  /** Lets `n` more writes through, then none. */
  after(n: number): void;
  revive(): void;
  /** writes seen since `revive` */
  readonly writes: number;
  remove(): void;
}

type Write = (this: IDBObjectStore, ...args: unknown[]) => unknown;
const VERBS = ['put', 'add', 'delete'] as const;

export function createKiller(): Killer {
  const table = IDBObjectStore.prototype as unknown as Record<(typeof VERBS)[number], Write>;
  const real = VERBS.map((verb) => [verb, table[verb]] as const);
  const state = { left: Infinity, writes: 0 };
  for (const [verb, write] of real) {
    table[verb] = function (...args) {
      state.writes += 1;
      if (state.left-- > 0) return write.apply(this, args);
      this.transaction.abort();
      throw Object.assign(new Error('killed'), { name: 'InvalidStateError' });
    };
  }
  return {
    after: (n) => void (state.left = n),
    revive: () => void Object.assign(state, { left: Infinity, writes: 0 }),
    get writes() {
      return state.writes;
    },
    remove: () => real.forEach(([verb, write]) => void (table[verb] = write)),
  };
}
