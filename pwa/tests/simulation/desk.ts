/** What happens in the town: the desk, the operator, time, and requests that come late. */
import type { World } from './world';

export type Event = (world: World) => Promise<string | undefined>;

const VILLAGES = ['990131101201', '990131101202', '990131101203'];

const personsOf = async (world: World): Promise<string[]> => {
  const { persons } = await world.truth();
  return Object.entries(persons).filter(([id, [, , , into, erased]]) => !into && !erased && !world.erased.has(id)).map(([id]) => id);
};

export const grant: Event = async (world) => {
  const { dice, town } = world;
  const { worker, name } = dice.one(world.phones);
  const role = worker.role;
  const area = role === 'director' ? dice.one(VILLAGES) : '990131101';
  const answer = await town.ask<{ granted?: boolean }>({ do: 'grant', worker: worker.id, role, area });
  return answer.dead ? died(world, 'changing grants') : `the desk ${answer.granted ? 'gives' : 'takes'} ${world.places[area]} ${answer.granted ? 'to' : 'from'} ${name}`;
};

export const merge: Event = async (world) => {
  const { truth, dice, town } = world;
  const { persons } = await truth();
  const merged = Object.entries(persons).filter(([, [, , , into]]) => into);
  if (merged.length && dice.maybe(40)) {
    const [dropped, [, , , kept]] = dice.one(merged);
    const answer = await town.ask<{ refused?: string }>({ do: 'merge', back: true, dropped, kept });
    return answer.dead ? died(world, 'taking a merge back') : `the desk takes a merge back (${answer.refused ?? 'done'})`;
  }
  const all = await personsOf(world);
  if (all.length < 2) return undefined;
  const [dropped, kept] = [dice.one(all), dice.one(all)];
  if (dropped === kept) return undefined;
  const answer = await town.ask<{ refused?: string }>({ do: 'merge', dropped, kept });
  return answer.dead ? died(world, 'merging two') : `the desk finds that two entries are one woman (${answer.refused ?? 'done'})`;
};

export const erase: Event = async (world) => {
  const all = await personsOf(world);
  if (!all.length) return undefined;
  const person = world.dice.one(all);
  const family = await familyOf(world, person);
  const answer = await world.town.ask({ do: 'erase', person });
  if (answer.dead) {
    const { persons } = await world.truth();
    if (!persons[person]?.[4]) return died(world, 'erasing someone');
  }
  for (const one of family) world.erased.add(one);
  return 'the desk erases a woman for good, as she asked';
};

async function familyOf(world: World, person: string): Promise<string[]> {
  const [rights, { persons }] = [await world.rights(), await world.truth()];
  return Object.keys(persons).filter((id) => rights.root(id) === person);
}

function died(world: World, at: string): string {
  world.counts.kills += 1;
  return `the server is killed while ${at}, and starts again`;
}

export const backUp: Event = async ({ town }) => {
  delete town.killAfter;
  await town.ask({ do: 'back_up' });
  return 'the operator makes a backup, and it is checked';
};

export const restore: Event = async (world) => {
  const answer = await world.town.ask<{ nothing?: true }>({ do: 'restore' });
  if (answer.nothing) return undefined;
  if (answer.dead) world.counts.kills += 1;
  world.counts.restores += 1;
  return `the server is put back to its backup${answer.dead ? ', dies at it, and starts again' : ''}`;
};

export const decide: Event = async (world) => {
  const take = world.dice.one(['take', 'take', 'dismiss', 'kept', 'offered', 'offered']);
  const answer = await world.town.ask<{ nothing?: true; refused?: string }>({ do: 'decide', take, actor: world.phones[0]?.worker.id });
  if (answer.nothing) return undefined;
  return answer.dead ? died(world, 'deciding') : `the desk decides: ${take} (${answer.refused ?? 'done'})`;
};

export const updateServer: Event = async ({ dice, town }) => {
  const form = dice.one(['household_visit', 'contraceptive_supply']);
  delete town.killAfter;
  await town.ask({ do: 'update_app', form });
  return `the town's server learns the next ${form}`;
};

export const losePhone: Event = async (world) => {
  const phone = world.phones.find((one) => one.name.includes('old')) ?? (world.dice.maybe(20) ? world.dice.one(world.phones) : undefined);
  if (!phone || phone.lost || world.lostPhones.size || world.counts.operations < 60) return undefined;
  const verb = { do: 'phone_state', device: phone.device, state: 'lost' };
  if ((await world.town.ask(verb)).dead) {
    world.counts.kills += 1;
    await world.town.ask(verb);
  }
  phone.lost = true;
  world.lostPhones.add(phone.device);
  return `${phone.name} reports her phone lost; the desk locks it`;
};

export const lateOnes: Event = async ({ wire, dice }) => {
  const [late] = wire.late.length ? wire.late.splice(dice.under(wire.late.length), 1) : [];
  if (!late) return undefined;
  await late();
  return 'a request that was stuck on the way reaches the server';
};

export const monthPasses: Event = async ({ town, written }) => {
  delete town.killAfter;
  town.now += 31 * 86_400_000;
  const { erased } = await town.ask<{ erased: string[] }>({ do: 'tidy' });
  for (const id of erased) written.delete(id);
  return 'a month passes, and what was withdrawn is erased';
};

export const serverClock: Event = ({ town, dice }) => {
  const minutes = dice.under(240) - 120;
  town.now += minutes * 60_000;
  return Promise.resolve(`the server's clock is put ${Math.abs(minutes)} minutes ${minutes < 0 ? 'back' : 'ahead'}`);
};

export const TOWN: readonly { weight: number; act: Event }[] = [
  { weight: 8, act: grant }, { weight: 5, act: merge }, { weight: 2, act: erase }, { weight: 5, act: backUp }, { weight: 4, act: restore },
  { weight: 6, act: decide }, { weight: 1, act: updateServer }, { weight: 3, act: losePhone }, { weight: 10, act: lateOnes }, { weight: 1, act: monthPasses },
  { weight: 3, act: serverClock },
];
