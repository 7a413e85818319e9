/**
 * The working set as pages see it: the mirror with this phone's own events over it, one bundle a household.
 * Only bundles that something happened to are made anew; the others keep their identity.
 */
import { type ReadonlySignal, computed, signal } from '@preact/signals';
import type { Bundle, Rec } from './api';
import type { Mirror, Thing } from './mirror';
import { type Local, whereOf } from './outbox';
import { householdOf, personOf } from './people';
import { type Shown, rebase } from './rebase';
import { type Placed, foldRecords } from './records';

export interface View {
  bundles: ReadonlySignal<ReadonlyMap<string, Bundle>>;
  loose: ReadonlySignal<readonly Rec[]>;
  /** Makes anew what these households and persons show, or everything. */
  rebuild(subjects: Iterable<string> | 'all'): void;
  /** Makes everything anew in steps, and shows it at once at the end; what is rebuilt meanwhile is made again then. */
  grow(): Growing;
  /** State with our waiting patches over it. */
  shown(type: 'person' | 'household', id: string): Shown | undefined;
  homeOf(person: string): string | undefined;
  /** What the server said, without what waits. */
  state(type: 'person' | 'household', id: string): Thing | undefined;
}

/** `look` finds the households of some subjects, `make` makes some of them, `done` shows all. */
export type Growing = Record<'subjects' | 'homes', () => string[]> & { look(subjects: readonly string[]): void; make(ids: readonly string[]): Bundle[]; done(): void };

export function createView(mirror: Mirror, locals: () => readonly Local[]): View {
  const bundles = signal<ReadonlyMap<string, Bundle>>(new Map());
  const owners = new Map<string, string>();
  const look = { mirror, ours: new Map<string, Local[]>() };
  const late = new Set<string>();
  const everyone = () => [...mirror.subjects(), ...look.ours.keys()];
  const loose = computed(() => looseOf(look, locals(), bundles.value, owners));
  return {
    bundles,
    loose,
    shown: (type, id) => shownOf(look, type, id),
    homeOf: (person) => owners.get(mirror.resolve(person)),
    state: (type, id) => stateOf(mirror, type, id),
    rebuild(subjects) {
      look.ours = bySubject(locals());
      const all = subjects === 'all' ? everyone() : subjects;
      const next = new Map(subjects === 'all' ? [] : bundles.value);
      if (subjects === 'all') owners.clear();
      for (const id of affected(look, owners, all)) {
        replace(look, owners, next, id);
        late.add(id);
      }
      bundles.value = next;
    },
    grow() {
      const next = new Map<string, Bundle>();
      const homes = new Set<string>();
      look.ours = bySubject(locals());
      late.clear();
      return {
        subjects: everyone,
        look: (subjects) => affected(look, owners, subjects).forEach((id) => homes.add(id)),
        homes: () => [...homes],
        make(ids) {
          ids.forEach((id) => replace(look, owners, next, id));
          return ids.flatMap((id) => next.get(id) ?? []);
        },
        done() {
          late.forEach((id) => replace(look, owners, next, id));
          bundles.value = next;
        },
      };
    },
  };
}

interface Look {
  mirror: Mirror;
  ours: ReadonlyMap<string, Local[]>;
}

/** A `kept` one was seen coming back: from then on the mirror alone says what it is. */
function bySubject(locals: readonly Local[]): Map<string, Local[]> {
  const ours = new Map<string, Local[]>();
  for (const local of locals) {
    if (local.state === 'kept') continue;
    const { person, household, body } = local.event;
    for (const id of new Set([person, household, body.set?.household])) {
      if (typeof id === 'string') ours.set(id, [...(ours.get(id) ?? []), local]);
    }
  }
  return ours;
}

/** Bundles in which these subjects were, or now are. */
function affected(look: Look, owners: ReadonlyMap<string, string>, subjects: Iterable<string>): Set<string> {
  const ids = new Set<string>();
  for (const subject of subjects) {
    const person = look.mirror.resolve(subject);
    for (const id of [subject, person]) {
      ids.add(id);
      const before = owners.get(id);
      if (before !== undefined) ids.add(before);
      const now = homeOf(look, id);
      if (now !== undefined) ids.add(now);
    }
  }
  return ids;
}

function replace(look: Look, owners: Map<string, string>, bundles: Map<string, Bundle>, id: string): void {
  for (const person of bundles.get(id)?.persons ?? []) if (owners.get(person.id) === id) owners.delete(person.id);
  const bundle = build(look, id);
  if (!bundle) {
    bundles.delete(id);
    return;
  }
  bundles.set(id, bundle);
  for (const person of bundle.persons) owners.set(person.id, id);
}

function build(look: Look, id: string): Bundle | undefined {
  const house = shownOf(look, 'household', id);
  const people = candidates(look, id)
    .filter((person) => look.mirror.resolve(person) === person && homeOf(look, person) === id)
    .map((person) => shownOf(look, 'person', person))
    .filter((shown): shown is Shown => shown !== undefined);
  if (!house && people.length === 0) return undefined;
  const household = householdOf(house, id, areaFor(look, id));
  if (people.some((shown) => shown.id === id)) household.none = true;
  const events = people.flatMap((shown) => [shown.id, ...look.mirror.aliases(shown.id)].flatMap((person) => eventsAbout(look, 'person', person)));
  const records = foldRecords([...events, ...eventsAbout(look, 'household', id)]).map((rec) => asNow(look.mirror, rec));
  return { household, persons: people.map(personOf), records };
}

function asNow(mirror: Mirror, rec: Rec): Rec {
  const now = rec.person === undefined ? undefined : mirror.resolve(rec.person);
  return now === rec.person || now === undefined ? rec : { ...rec, person: now };
}

function candidates(look: Look, id: string): string[] {
  const ids = new Set([id]);
  for (const doc of look.mirror.docs(id)) for (const person of Object.keys(doc.p)) ids.add(person);
  for (const { event } of look.ours.get(id) ?? []) if (event.person) ids.add(event.person);
  return [...ids];
}

function homeOf(look: Look, person: string): string | undefined {
  const shown = shownOf(look, 'person', person);
  if (!shown) return undefined;
  return typeof shown.set.household === 'string' ? shown.set.household : person;
}

function shownOf(look: Look, type: 'person' | 'household', id: string): Shown | undefined {
  const state = stateOf(look.mirror, type, id);
  const patches = (look.ours.get(id) ?? []).filter((local) => {
    const { kind, schema, person, household } = local.event;
    const mine = kind === 'patch' && schema.startsWith(type) && (type === 'person' ? person : household) === id;
    return mine && (!state || whereOf(local.state) !== 'ask');
  });
  return rebase(id, state, patches.map(({ event }) => ({ id: event.id, set: event.body.set ?? {} })));
}

/** Feeds agree on a thing but may be at different points; a later feed's fields win. */
function stateOf(mirror: Mirror, type: 'person' | 'household', id: string): Thing | undefined {
  const things = mirror
    .docs(id)
    .map((doc) => (type === 'person' ? doc.p[id] : doc.h?.id === id ? doc.h : undefined))
    .filter((thing): thing is Thing => thing !== undefined);
  if (things.length < 2) return things[0];
  return things.reduce((a, b) => ({ id, set: { ...a.set, ...b.set }, rev: { ...a.rev, ...b.rev }, log: [...(a.log ?? []), ...(b.log ?? [])] }));
}

/** Events about a person, or about a household as a whole. */
function eventsAbout(look: Look, type: 'person' | 'household', id: string): Placed[] {
  const mine = (e: { person?: string; household?: string }) => (type === 'person' ? e.person === id : e.household === id && !e.person);
  const theirs = look.mirror.told(id, mine).map((one): Placed => ({ ...one, where: 'town' }));
  const ours = (look.ours.get(id) ?? []).filter((local) => local.event.kind !== 'patch' && mine(local.event));
  return [...theirs, ...ours.map(placed)];
}

function placed(local: Local): Placed {
  const p: Placed = { e: local.event, where: whereOf(local.state) };
  if (local.at !== undefined) p.at = local.at;
  if (local.flags) p.flags = local.flags;
  return p;
}

/** For someone without a household, or a household of which only its people are known. */
function areaFor(look: Look, id: string): string {
  for (const doc of look.mirror.docs(id)) for (const e of doc.e) if (e.area) return e.area;
  return look.ours.get(id)?.[0]?.event.area ?? '';
}

function looseOf(look: Look, locals: readonly Local[], bundles: ReadonlyMap<string, Bundle>, owners: ReadonlyMap<string, string>): Rec[] {
  const lost = (e: { person?: string; household?: string }) =>
    e.person ? !owners.has(look.mirror.resolve(e.person)) : !(e.household && bundles.has(e.household));
  const theirs = look.mirror.told(undefined, lost).map((one): Placed => ({ ...one, where: 'town' }));
  const ours = locals.filter((local) => local.state !== 'kept' && local.event.kind !== 'patch' && lost(local.event));
  return foldRecords([...theirs, ...ours.map(placed)]);
}
