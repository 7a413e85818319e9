/** Known faults of real phones as switches: each stands between the real engine and the real store. */
import type { PullAnswer, PushAnswer } from '../../src/store/wire';
import type { Batch, Page, Port, Settled } from '../../src/store/port';
import { outboxOf } from './disk';

export interface Where {
  factory: IDBFactory;
  name: string;
}
export type Bug = (port: Port, where: Where) => Port;
export const noBug: Bug = (port) => port;

/** Takes rows out of the outbox behind the store's back. */
async function remove({ factory, name }: Where, keys: [string, number][]): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = factory.open(name);
    request.onsuccess = () => resolve(request.result);
  });
  const tx = db.transaction('outbox', 'readwrite');
  for (const key of keys) tx.objectStore('outbox').delete(key);
  await new Promise((resolve) => (tx.oncomplete = tx.onabort = resolve));
  db.close();
}

/** Whatever waits when the answer comes is marked as sent, not what the answer speaks of. */
const markAll: Bug = (port) => ({
  ...port,
  async settle(batch: Batch, answer: PushAnswer, at: number, run: number): Promise<Settled> {
    const all = (await port.nextBatch(1000, Infinity, new Set())) ?? batch;
    const results: PushAnswer['results'] = [...answer.results, [all.locals.length - batch.locals.length, 'accepted']];
    return port.settle({ ...all, store: batch.store }, { ...answer, have: Infinity, results }, at, run);
  },
});

/** The place in the feeds is stored, then the rows. */
const cursorFirst: Bug = (port) => ({
  ...port,
  async applyPage(page: Page): Promise<boolean> {
    if (!(await port.applyPage({ ...page, rows: [] }))) return false;
    return port.applyPage({ ...page, base: page.answer.c, answer: { ...page.answer, add: [], drop: [] } });
  },
});

/**
 * A restored server is noticed when pulling, not when pushing. That it also says which numbers it misses is a net of its
 * own under this one, which alone would catch the fault; here it is cut.
 */
const epochInPull: Bug = (port) => {
  const now = { pushing: false };
  return {
    ...port,
    settle: (batch, answer, ...rest) => port.settle(batch, { ...answer, have: Math.max(answer.have, ...batch.locals.map(({ dseq }) => dseq)), missing: [] }, ...rest),
    nextBatch: (...args) => ((now.pushing = true), port.nextBatch(...args)),
    settledIds: () => ((now.pushing = false), port.settledIds()),
    meetEpoch: (epoch) => (now.pushing ? Promise.resolve(false) : port.meetEpoch(epoch)),
  };
};

/** The outbox is put back to what it was when the push began; what was saved meanwhile is gone. */
const inFlightLost: Bug = (port, where) => {
  const known = new Set<string>();
  return {
    ...port,
    async nextBatch(...args) {
      for (const row of outboxOf(where.factory, where.name)) known.add(row.id);
      return port.nextBatch(...args);
    },
    async settle(...args) {
      const settled = await port.settle(...args);
      const meanwhile = outboxOf(where.factory, where.name).filter((row) => !known.has(row.id));
      await remove(where, meanwhile.map((row) => [row.store, row.dseq]));
      return settled;
    },
  };
};

/** A village that was taken away takes the whole outbox with it. */
const dropForgets: Bug = (port, where) => ({
  ...port,
  async applyPage(page: Page): Promise<boolean> {
    const done = await port.applyPage(page);
    if (done && page.answer.drop.length) await remove(where, outboxOf(where.factory, where.name).map((row) => [row.store, row.dseq]));
    return done;
  },
});

/** Any answer is believed, whatever it was an answer to: here every third is one that came before. */
const anyBase: Bug = (port) => {
  const answers: PullAnswer[] = [];
  return {
    ...port,
    applyPage(page: Page) {
      answers.push(page.answer);
      const answer = answers.length % 3 === 0 ? (answers[answers.length - 2] ?? page.answer) : page.answer;
      return port.applyPage({ ...page, base: port.state().cursor, answer });
    },
  };
};

/** That the server was put back is not noticed at all. */
const epochForgets: Bug = (port) => ({ ...port, meetEpoch: () => Promise.resolve(false) });

export const BUGS: { [name: string]: Bug } = {
  all_marked_as_sent: markAll,
  cursor_before_rows: cursorFirst,
  epoch_in_pull_only: epochInPull,
  epoch_ignored: epochForgets,
  in_flight_edit_lost: inFlightLost,
  drop_forgets_outbox: dropForgets,
  stale_answer_applied: anyBase,
};
