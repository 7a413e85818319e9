/** One simulated stretch of weeks: the town, its phones, what was written, and the story so far. */
import { type Phone, startPhone } from './phone';
import { BUGS } from './bugs';
import type { Dice } from './dice';
import { outboxOf } from './disk';
import { Rights, type Truth } from './rights';
import type { Storage } from './seam';
import type { Registered, Town } from './town';
import { type Wire, createWire } from './wire';

/** What must never happen: the four figures of the report. */
export type Wrong = 'lost' | 'duplicated' | 'leaked' | 'diverged';
export class Violation extends Error {
  constructor(
    readonly wrong: Wrong,
    message: string,
  ) {
    super(message);
  }
}

export interface Written {
  phone: string;
  person?: string;
  what: string;
}
export interface Counts {
  operations: number;
  kills: number;
  restores: number;
}

export interface World {
  town: Town;
  dice: Dice;
  storage: Storage;
  wire: Wire;
  phones: Phone[];
  /** areas by code */
  places: { [code: string]: string };
  /** every event that a store said was saved, but those taken back */
  written: Map<string, Written>;
  erased: Set<string>;
  lostPhones: Set<string>;
  feedPlaces: Map<string, { area: string; audience: string }>;
  counts: Counts;
  names: { houses: number; people: number; notes: number };
  story: string[];
  /** what is under way, told when it goes wrong */
  now: string;
  /** events known to have come to the town since it was last put back */
  arrived(): Set<string>;
  truth(): Promise<Truth>;
  rights(): Promise<Rights>;
  today(): string;
  tell(line: string): void;
}

export const START = 1_793_000_000_000;
const CAST: readonly (readonly string[])[] = [
  ['wang', 'zhao', 'sun'], ['wang', 'li', 'sun'], ['wang', 'li', 'mei', 'sun'], ['wang', 'zhao', 'li'], ['wang', "wang's old phone", 'li', 'sun'], ['li', 'sun', 'mei'],
];
const dayOf = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);

export async function beginWorld(town: Town, dice: Dice, storage: Storage, seed: number, bug = ''): Promise<World> {
  Object.assign(town, { now: START, version: town.version + 1 });
  delete town.killAfter;
  const { phones, places } = await town.ask<{ phones: Registered[]; places: { [code: string]: string } }>({ do: 'begin', seed, bug });
  const known: { version: number; truth?: Truth } = { version: -1 };
  const last: { truth?: Truth; at?: string; rights?: Rights } = {};
  const arrived = { life: 0, ids: new Set<string>() };
  const world: World = {
    town, dice, storage, places, phones: [],
    wire: createWire(town, () => dice.under(14)),
    written: new Map(), erased: new Set(), lostPhones: new Set(), feedPlaces: new Map(),
    counts: { operations: 0, kills: 0, restores: 0 },
    names: { houses: 0, people: 0, notes: 0 },
    story: [],
    now: '',
    arrived() {
      if (arrived.life !== world.counts.restores) Object.assign(arrived, { life: world.counts.restores, ids: new Set() });
      return arrived.ids;
    },
    async truth() {
      if (known.truth && known.version === town.version) return known.truth;
      known.version = town.version;
      return (known.truth = await town.ask<Truth>({ do: 'truth' }));
    },
    async rights() {
      const [truth, at] = [await world.truth(), `${world.erased.size} ${world.today()}`];
      if (last.truth !== truth || last.at !== at) Object.assign(last, { truth, at, rights: new Rights(truth, world.erased, world.today()) });
      return last.rights as Rights;
    },
    today: () => dayOf(town.now),
    tell: (line) => void world.story.push(`${String(world.counts.operations).padStart(4)}  ${world.today()}  ${line}`),
  };
  const cast = CAST[dice.under(CAST.length)] ?? [];
  for (const about of phones.filter(({ name }) => cast.includes(name))) world.phones.push(await startPhone(about, world.wire, START, BUGS[bug]));
  return world;
}

/** Events that wait on a phone or are kept there. */
export const heldOn = (phone: Phone): string[] => outboxOf(phone.factory, phone.name).map((row) => row.id);

/** A saved event is remembered until it is taken back. */
export function wrote(world: World, phone: Phone, ids: readonly string[], what: string, person?: string): void {
  for (const id of ids) world.written.set(id, { phone: phone.name, what, ...(person === undefined ? {} : { person }) });
}
