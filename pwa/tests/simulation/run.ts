/** One seed from its beginning to its end: weeks of bad days, then a network that is well. */
import { checkAnswer, checkArrived, checkAtRest, checkNothingLost, checkPrefix, checkShownOnce, checkTakenOnce } from './checks';
import { TOWN } from './desk';
import { diceOf } from './dice';
import { PHONES, fresh } from './happenings';
import type { Phone } from './phone';
import type { Storage } from './seam';
import { difference, feedsOf, shownOf } from './state';
import type { Town } from './town';
import { type Counts, type World, Violation, type Wrong, beginWorld } from './world';

export interface Result extends Counts {
  seed: number;
  hides: number;
  moves: number;
  wrong?: Wrong;
  why?: string;
  trace?: string[];
  story: string[];
}
export const STEPS = 200;
const MINUTE = 60_000;

export async function run(seed: number, town: Town, storage: Storage, seeded: (dice: ReturnType<typeof diceOf>) => void, bug = ''): Promise<Result> {
  const dice = diceOf(seed);
  seeded(diceOf(seed ^ 0x5eed));
  storage.revive();
  const world = await beginWorld(town, dice, storage, seed, bug);
  world.wire.looks = (phone, path, said) => checkAnswer(world, phone, path, said).catch((error: unknown) => void (found.error ??= error));
  const found: { error?: unknown } = {};
  try {
    while (world.counts.operations < STEPS) {
      await step(world);
      if (found.error) throw found.error;
    }
    await heal(world);
    if (found.error) throw found.error;
  } catch (error) {
    world.tell(`${world.now} …`);
    return { ...(await figures(world, seed)), ...said(error), ...(await trace(world, said(error).why)) };
  } finally {
    storage.revive();
    for (const phone of world.phones) await phone.store.close().catch(() => undefined);
  }
  return figures(world, seed);
}

function said(error: unknown): { wrong: Wrong; why: string } {
  if (error instanceof Violation) return { wrong: error.wrong, why: error.message };
  return { wrong: 'diverged', why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

async function figures(world: World, seed: number): Promise<Result> {
  const { hides, moves } = await world.town.ask<{ hides: number; moves: number }>({ do: 'sums' });
  return { seed, ...world.counts, hides, moves, story: world.story };
}

/** All that the town's feeds say about what a violation names. */
async function trace(world: World, why: string): Promise<{ trace: string[] }> {
  const ids = [...new Set(why.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [])];
  const { lines } = await world.town.ask<{ lines: string[] }>({ do: 'trace', ids });
  return { trace: lines };
}

async function step(world: World): Promise<void> {
  const { dice, town, counts } = world;
  const passed = dice.under(40) * MINUTE;
  town.now += passed;
  for (const { time } of world.phones) Object.assign(time, { wall: time.wall + passed, steady: time.steady + passed });
  world.now = '';
  const line = dice.maybe(17) ? await inTown(world) : await onPhone(world);
  if (line === undefined) return;
  counts.operations += 1;
  world.tell(line);
  await checkNothingLost(world);
  for (const phone of world.phones) checkShownOnce(phone);
  if (counts.operations % 20 === 0) await checkTakenOnce(world);
}

async function inTown(world: World): Promise<string | undefined> {
  if (world.dice.maybe(20)) world.town.killAfter = world.dice.under(20);
  const line = await world.dice.weighed(TOWN).act(world);
  delete world.town.killAfter;
  return line;
}

async function onPhone(world: World): Promise<string | undefined> {
  const phone = world.dice.one(world.phones);
  const line = await world.dice.weighed(PHONES).act(world, phone);
  world.now = phone.name;
  return line && `${phone.name}: ${line}`;
}

/** Everything arrives, and all phones with the same grants hold the same. */
async function heal(world: World): Promise<void> {
  world.tell('the network is well again');
  for (const late of world.wire.late.splice(0)) await late();
  const well = world.phones.filter((phone) => !phone.lost);
  for (let round = 0; round < 2; round++) for (const phone of well) await calm(world, phone, round === 1);
  world.arrived().clear();
  await checkNothingLost(world);
  await checkArrived(world);
  await checkTakenOnce(world);
  const states: States = new Map();
  for (const phone of well) await compare(world, phone, states);
  const { vanished } = await world.town.ask<{ vanished: string[] }>({ do: 'sums' });
  if (vanished.length) throw new Violation('lost', `an edit was accepted and vanished: ${vanished.join(', ')}`);
}

async function calm(world: World, phone: Phone, last: boolean): Promise<void> {
  const outcome = await phone.engine.sync();
  if (last && !outcome.ok) throw new Violation('diverged', `${phone.name} does not get through: ${outcome.code}`);
  if (last && phone.store.status.value.unsent) throw new Violation('diverged', `${phone.name}: an outbox never empties`);
  for (const { id } of phone.store.status.value.parked) await phone.store.dismiss(id).catch(() => undefined);
  await checkPrefix(world, phone);
  if (last) await checkAtRest(world, phone);
}

type States = ReturnType<typeof feedsOf>;

/** What she holds is what every other phone with that feed holds, what a fresh phone is given, and what a restart shows. */
async function compare(world: World, phone: Phone, states: States): Promise<void> {
  const [feeds, shown] = [feedsOf(phone), shownOf(phone)];
  for (const [f, feed] of feeds) {
    const other = difference(new Map([[f, feed]]), new Map([[f, states.get(f) ?? feed]]));
    if (other) throw new Violation('diverged', `${phone.name} holds another ${f} than a colleague: ${other}`);
    states.set(f, feed);
  }
  const newcomer = await fresh(world, phone);
  const outcome = await newcomer.engine.sync();
  const wrong = difference(feeds, feedsOf(newcomer)) ?? difference(shown, shownOf(newcomer));
  await newcomer.store.close();
  if (!outcome.ok || wrong) throw new Violation('diverged', `${phone.name} and a fresh phone differ: ${wrong ?? JSON.stringify(outcome)}`);
  await phone.restart();
  const other = difference(shown, shownOf(phone));
  if (other) throw new Violation('diverged', `${phone.name} shows something else after a restart: ${other}`);
}
