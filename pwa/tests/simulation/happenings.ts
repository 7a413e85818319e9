/** What happens to phones, the line, the desk and the server. */
import { type Act, WRITING } from './writing';
import { FAULTS, type Fault } from './wire';
import { type Phone, startPhone } from './phone';
import { type World, Violation } from './world';
import { checkAtRest, checkPrefix, checkSentIsThere } from './checks';
import { event as altered } from './forging';

const YEARS = 365 * 86_400_000;

const faultsFor = ({ dice }: World): Fault[] => {
  const bad = dice.maybe(55) ? 0 : dice.under(4);
  return Array.from({ length: 6 }, (): Fault => (dice.under(6) < bad ? dice.one(FAULTS) : 'ok'));
};

export async function write(world: World, phone: Phone): Promise<string | undefined> {
  return world.dice.weighed(WRITING).act(world, phone);
}

/** One run of the engine over a bad line; maybe the phone dies in it, maybe she writes while it is under way. */
export const sync: Act = async (world, phone) => {
  const { wire, dice, storage } = world;
  Object.assign(wire, { faults: faultsFor(world), told: [], heard: false });
  const meanwhile: string[] = [];
  if (dice.maybe(20)) wire.meanwhile = async () => void meanwhile.push((await write(world, phone)) ?? 'does nothing');
  const dies = dice.maybe(15);
  if (dies) storage.endAfter(dice.under(16), 'killed');
  const outcome = await phone.engine.sync();
  const words = `${wire.told.join(', ') || 'asks nothing'}; ${outcome.ok ? `${outcome.sent} sent, ${outcome.received} rows received` : `stopped: ${outcome.code}`}`;
  Object.assign(wire, { faults: [], meanwhile: undefined });
  delete wire.meanwhile;
  world.now = `syncs: ${words}${meanwhile.length ? `; meanwhile she ${meanwhile[0]}` : ''}${dies ? '; the phone was killed in the middle and starts again' : ''}`;
  if (dies) await die(world, phone);
  if (dies || world.counts.operations % 3 === 0) await checkPrefix(world, phone);
  const noted = outcome.ok || outcome.code !== 'full_disk';
  if (wire.heard && noted && !dies) await checkSentIsThere(world, phone);
  if (outcome.ok && !dies) await checkAtRest(world, phone);
  return world.now;
};

async function die(world: World, phone: Phone): Promise<void> {
  world.counts.kills += 1;
  world.storage.revive();
  await phone.restart();
  checkDrafts(phone);
}

export function checkDrafts(phone: Phone): void {
  for (const [key, value] of phone.drafts) {
    if (JSON.stringify(phone.store.drafts.load(key)) !== JSON.stringify(value)) throw new Violation('lost', `${phone.name}: the draft ${key} is gone`);
  }
}

export const dieWriting: Act = async (world, phone) => {
  world.storage.endAfter(world.dice.under(5), 'killed');
  const did = await write(world, phone);
  await die(world, phone);
  return `${did ?? 'does nothing'}; the phone was killed while it wrote and starts again`;
};

export const fullDisk: Act = async (world, phone) => {
  world.storage.endAfter(world.dice.under(6), 'full');
  const did = world.dice.maybe(50) ? await write(world, phone) : (await sync(world, phone))?.slice(0, 200);
  world.storage.revive();
  return `its disk has no room: ${did ?? 'nothing happens'}`;
};

export const restart: Act = async (world, phone) => {
  await die(world, phone);
  return 'is switched off and on';
};

export const wrongClock: Act = async (world, phone) => {
  const years = world.dice.under(21) - 10;
  phone.time.wall = world.town.now + years * YEARS;
  return Promise.resolve(`its clock is set ${years === 0 ? 'right' : `${Math.abs(years)} years ${years < 0 ? 'back' : 'ahead'}`}`);
};

/** Two windows of one phone: the other one writes or syncs, then is closed. */
export const otherWindow: Act = async (world, phone) => {
  const { store, engine } = await phone.window();
  const twin: Phone = { ...phone, store, engine };
  const did = world.dice.maybe(50) ? await write(world, twin) : (await engine.sync(), 'syncs');
  await store.close();
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  return `in a second window ${did ?? 'does nothing'}`;
};

export const newerApp: Act = async (world, phone) => {
  const form = world.dice.one(['household_visit', 'contraceptive_supply']);
  phone.versions.set(form, 2);
  return Promise.resolve(`gets an app with a newer ${form}, which the town does not know yet`);
};

/** Asks for what it was never given: chunks of any feed, with its own session. */
export const nosy: Act = async (world, phone) => {
  const ask = world.wire.fetchFor(phone);
  for (const f of world.feedPlaces.keys()) {
    await ask(`/api/sync/pull?n=1000&device=${phone.device}&store=${phone.store.port.store}`, { method: 'GET', headers: HEADERS });
    await ask(`/api/sync/snapshots/${f}/${1 + world.dice.under(40)}/0`, { method: 'GET', headers: HEADERS });
    break;
  }
  return 'asks for everything anew, and for chunks it was never offered';
};
const HEADERS = { accept: 'application/json', 'x-suifang': '1', 'sync-protocol': '1' };

/** A faulty app sends an event a second time under its id, with other answers. */
export const forge: Act = async (world, phone) => {
  const done = phone.store.bundles.value.size ? await altered(world, phone) : undefined;
  return done ? 'sends one of its events again with other answers under the same id; the town keeps both' : undefined;
};

/** Another store for the same worker and phone, from nothing: what a new phone would see. */
export async function fresh(world: World, phone: Phone): Promise<Phone> {
  const { name, worker, device, token } = phone;
  return startPhone({ name: `a fresh ${name}`, worker, device, token, store: phone.store.port.store }, world.wire, world.town.now);
}

export const PHONES: readonly { weight: number; act: Act }[] = [
  { weight: 104, act: write }, { weight: 24, act: sync }, { weight: 4, act: dieWriting }, { weight: 4, act: fullDisk }, { weight: 3, act: restart },
  { weight: 4, act: wrongClock }, { weight: 4, act: otherWindow }, { weight: 1, act: newerApp }, { weight: 1, act: nosy }, { weight: 2, act: forge },
];
