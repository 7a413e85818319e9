import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Port } from '../store/port';
import { createKiller } from './testing/killer';
import { type Act, World, anyActs } from './testing/world';

const killer = createKiller();
afterEach(() => killer.revive());
afterAll(() => killer.remove());

const property = (broken?: (port: Port) => Port) => fc.asyncProperty(anyActs, (acts) => new World(killer, broken).run(acts));

test('whatever happens to line, phones and server, nothing is lost and all see the same', { timeout: 600_000 }, async () => {
  await fc.assert(property(), { numRuns: 250, seed: 20261122 });
});

/** Faults of real systems. A property that never failed proves nothing. */
const FAULTS: { [name: string]: (port: Port) => Port } = {
  'a restored server is taken for the same one': (port) => ({ ...port, meetEpoch: () => Promise.resolve(false) }),
  'what was sent is forgotten before a backup holds it': (port) => ({
    ...port,
    applyPage: async (page) => {
      const applied = await port.applyPage(page);
      const nothing = { store: port.store, device: port.device, from: 0, locals: [], events: [] };
      const answer = { epoch: page.answer.epoch, now: 0, have: 0, missing: [], backed_up: 1_000_000, results: [] };
      await port.settle(nothing, answer, 0, 0);
      return applied;
    },
  }),
  'a parked record leaves the phone and is not kept': (port) => ({
    ...port,
    nextBatch: async (...asked) => {
      const batch = await port.nextBatch(...asked);
      return batch && { ...batch, events: batch.events.filter((event) => !event.schema.startsWith('unheard_of')) };
    },
    settle: (batch, answer, at, run) => port.settle(batch, { ...answer, results: [[batch.locals.length, 'accepted']] }, at, run),
  }),
  'an answer is believed though it was for another cursor': (port) => ({
    ...port,
    applyPage: (page) => port.applyPage({ ...page, rows: page.rows.slice(1), base: port.state().cursor }),
  }),
};

const sync = (phone: number): Act => ({ do: 'sync', phone, faults: [], dieAfter: Infinity });
const write = (what: 'record' | 'bad'): Act => ({ do: what, phone: 0, village: 0 });
const restored: Act[] = [{ do: 'backup' }, write('record'), write('bad'), sync(0), { do: 'restore' }, sync(0), sync(1)];

test('the story that shows the faults passes without them', () => new World(killer).run(restored));

test.each(Object.keys(FAULTS))('the property fails when %s', async (name) => {
  await expect(new World(killer, FAULTS[name]).run(restored)).rejects.toThrow(/lost|never arrived|never empties|did not converge/);
});
