import { expect, test } from 'vitest';
import { createEngine } from './engine';
import type { Surroundings } from './surroundings';
import { createTransport } from './transport';
import { family, village } from './testing/village';

/** A world that is moved by hand. */
function byHand() {
  const world = { shown: true, awake: () => undefined as void, planned: [] as { ms: number; task: () => void }[] };
  const surroundings: Surroundings = {
    visible: () => world.shown,
    onAwake: (listener) => {
      world.awake = listener;
      return () => (world.awake = () => undefined);
    },
    later: (ms, task) => {
      const plan = { ms, task };
      world.planned.push(plan);
      return () => void (world.planned = world.planned.filter((one) => one !== plan));
    },
  };
  return { world, surroundings };
}

async function started() {
  const { line, phone } = await village();
  const { world, surroundings } = byHand();
  const engine = createEngine({ store: phone.store, clock: phone.clock, transport: createTransport(line), surroundings, random: () => 0.5 });
  engine.start();
  await engine.sync();
  const settled = () => expect.poll(() => phone.store.status.value.state.at, { interval: 5 });
  return { line, phone, world, engine, settled };
}

test('a save is sent by itself, after the moment in which it can be taken back', async () => {
  const { line, phone, world } = await started();
  line.asked.length = 0;
  await family(phone);
  expect([line.asked, world.planned.map((plan) => plan.ms)]).toEqual([[], [4_000]]);
  world.planned.pop()?.task();
  await expect.poll(() => phone.store.status.value.unsent).toBe(0);
});

test('after a failure it waits, saves do not hurry it, and then goes on', async () => {
  const { line, phone, world, engine, settled } = await started();
  line.faults = ['lost'];
  await engine.sync();
  expect(world.planned.map((plan) => plan.ms)).toEqual([2_500]);
  line.asked.length = 0;
  await family(phone);
  expect(line.asked).toEqual([]);
  world.planned.pop()?.task();
  await settled().toBe('idle');
  expect(phone.store.status.value.unsent).toBe(0);
});

test('hidden it does nothing; seen again it syncs', async () => {
  const { line, phone, world, engine } = await started();
  line.faults = ['lost'];
  await engine.sync();
  world.shown = false;
  line.asked.length = 0;
  world.planned.pop()?.task();
  expect(line.asked).toEqual([]);
  phone.time.steady += 60_000;
  world.shown = true;
  world.awake();
  await expect.poll(() => line.asked).toEqual(['/api/sync/pull']);
});

test('looking away and back does not sync again at once', async () => {
  const { line, world } = await started();
  line.asked.length = 0;
  world.awake();
  expect(line.asked).toEqual([]);
});

test('while another window syncs, this one does not', async () => {
  const { line, phone } = await village();
  const locks = { request: (_: string, __: object, task: (lock: null) => Promise<unknown>) => task(null) } as unknown as LockManager;
  const engine = createEngine({ store: phone.store, clock: phone.clock, transport: createTransport(line), locks });
  expect(await engine.sync()).toMatchObject({ ok: false, code: 'elsewhere' });
  expect(line.asked).toEqual([]);
});
