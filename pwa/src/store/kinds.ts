/**
 * How one row of a feed changes the mirror, kind by kind. Pure. Rows of one feed must come in order; folding the same
 * row twice changes nothing.
 */
import type { BagLine, CountyDays } from './api';
import type { Fold } from './fold';
import type { Said, Stored, Thing } from './mirror';
import type { Row } from './wire';

/** A row that lost its body (hidden, erased) changes nothing. */
export function foldRow(fold: Fold, row: Row): void {
  if (row.id) fold.arrived.add(row.id);
  if (row.body) (KINDS[row.kind] ?? keepRaw)(fold, row);
}

type Handler = (fold: Fold, row: Row) => void;

const KINDS: { [kind: string]: Handler | undefined } = {
  __proto__: undefined,
  record: keepEvent,
  amend: keepEvent,
  void: keepEvent,
  note: keepEvent,
  state: setState,
  change: remember,
  patch: () => undefined,
  reveal: (fold, row) => row.body?.events?.forEach((inner) => foldRow(fold, { ...inner, f: row.f })),
  hide,
  erase: (fold, row) => {
    for (const id of row.body?.ids ?? []) fold.erased.add(id);
    const person = row.body?.person ?? row.person;
    if (person) fold.erasedPersons.add(person);
    hide(fold, row);
  },
  move: moved,
  merge: (fold, row) => merge(fold, row, row.body?.to),
  unmerge: (fold, row) => merge(fold, row, undefined),
  bag: (fold, row) => {
    const { lines, at } = row.body ?? {};
    if (Array.isArray(lines)) fold.bag = { lines: lines as BagLine[], at: typeof at === 'number' ? at : 0 };
  },
  cards: (fold, row) => {
    if (row.body) fold.lists.push(row.body);
  },
  days: (fold, { body }) => {
    if (typeof body?.n === 'number') fold.days = body as unknown as CountyDays;
  },
  grant: (fold, row) => {
    const { areas, worker, villages = [] } = row.body ?? {};
    if (areas) fold.grant = { areas, villages, ...(typeof worker === 'string' ? { worker } : {}) };
  },
};

function stored(row: Row): Stored {
  const { f, q, digest, ...rest } = row;
  void [f, q, digest];
  return rest;
}

function keepEvent(fold: Fold, row: Row): void {
  const b = fold.bucketFor(row);
  const events = fold.open(row.f, b).e;
  const at = events.findIndex((e) => e.id === row.id);
  if (at < 0) events.push(stored(row));
  else events[at] = stored(row);
}

function keepRaw(fold: Fold, row: Row): void {
  const doc = fold.open(row.f, fold.bucketFor(row));
  doc.x = [...(doc.x ?? []).filter((x) => x.id !== row.id), stored(row)];
}

/** Overwrites field by field, in feed order: the server has merged. */
function overwrite(thing: Thing | undefined, id: string, row: Told): Thing {
  const { set = {}, rev = {} } = row.body ?? {};
  const log = logged(thing?.log, row);
  if (!thing) return { id, set: { ...set }, rev: { ...rev }, ...log };
  const merged: Thing = { id, set: { ...thing.set, ...set }, rev: { ...thing.rev }, ...log };
  for (const field of Object.keys(set)) {
    const by = rev[field] ?? rev['*'];
    if (by !== undefined) merged.rev[field] = by;
  }
  return merged;
}

type Told = Pick<Row, 'id' | 'body' | 't' | 'actor' | 'role'>;

/** Changes beyond these are the station's to tell. */
const REMEMBERED = 30;

/** The log with one more patch that was applied; the same row again changes nothing. */
function logged(log: readonly Said[] = [], { id, body, t = 0, actor, role = '' }: Told): { log?: Said[] } {
  if (!body?.was || actor === undefined) return log.length ? { log: [...log] } : {};
  const by = body.rev?.['*'];
  const said: Said = { id, t, actor, role, set: body.set ?? {}, was: body.was, ...(by === undefined ? {} : { rev: by }) };
  return { log: [...log.filter((one) => one.id !== id), said].slice(-REMEMBERED) };
}

/** A snapshot's word on how something came to be as it is. */
function remember(fold: Fold, row: Row): void {
  const id = row.person ?? row.household ?? '';
  const home = row.person === undefined ? id : fold.homeIn(row.f, id);
  const doc = home === undefined ? undefined : fold.open(row.f, home);
  const thing = row.person === undefined ? doc?.h : doc?.p[id];
  if (!doc || !thing) return;
  const next = { ...thing, ...logged(thing.log, row) };
  if (row.person === undefined) doc.h = next;
  else doc.p[id] = next;
}

function setState(fold: Fold, row: Row): void {
  const body = row.body;
  if (!body) return;
  if (body.type === 'household') {
    const id = row.household ?? '';
    const doc = fold.open(row.f, id);
    doc.h = overwrite(doc.h, id, row);
    fold.setHome(row.f, id, id);
  } else if (row.person) setPerson(fold, row.f, row.person, row, row.household);
}

function setPerson(fold: Fold, f: string, id: string, row: Told, household?: string): void {
  const was = fold.homeIn(f, id);
  const known = was === undefined ? undefined : fold.open(f, was).p[id];
  const next = overwrite(known, id, row);
  if (next.set.household === undefined && household) next.set.household = household;
  const home = typeof next.set.household === 'string' ? next.set.household : id;
  if (was !== undefined && was !== home) takeOut(fold, f, was, id);
  fold.open(f, home).p[id] = next;
  fold.setHome(f, id, home);
}

function takeOut(fold: Fold, f: string, b: string, thing: string): void {
  const doc = fold.open(f, b);
  const rest = { ...doc.p };
  delete rest[thing];
  doc.p = rest;
  if (doc.h?.id === thing) delete doc.h;
  fold.setHome(f, thing, null);
  fold.close(f, b);
}

/** `ids`: these events leave the feed. `person`: her state, her alias and all her events do. `household`: its state and its own events do. */
function hide(fold: Fold, row: Row): void {
  const ids = new Set(row.body?.ids ?? []);
  const person = row.body?.ids ? undefined : (row.body?.person ?? row.person);
  const household = row.body?.ids || person !== undefined ? undefined : (row.body?.household ?? undefined);
  const about = (e: Stored) => (e.person === undefined ? household !== undefined && e.household === household : e.person === person);
  const gone = (e: Stored) => ids.has(e.id) || about(e) || (e.body?.of !== undefined && ids.has(e.body.of));
  if (person !== undefined) part(fold, row.f, person);
  for (const b of fold.bucketsOf(row.f)) {
    const doc = fold.peek(row.f, b);
    if (!doc?.e.some(gone) && !doc?.x?.some(gone)) continue;
    const copy = fold.open(row.f, b);
    copy.e = copy.e.filter((e) => !gone(e));
    copy.x = copy.x?.filter((e) => !gone(e));
    fold.close(row.f, b);
  }
  const thing = person ?? household;
  const home = thing === undefined ? undefined : fold.homeIn(row.f, thing);
  if (thing !== undefined && home !== undefined) takeOut(fold, row.f, home, thing);
}

/** With `to` she, or a whole household, left this feed; without, she only lives in another household now. */
function moved(fold: Fold, row: Row): void {
  const person = row.body?.person ?? row.person;
  const { to, household } = row.body ?? {};
  if (to !== undefined && to !== row.area) hide(fold, { ...row, body: person ? { person } : { household } });
  else if (person && household) setPerson(fold, row.f, person, { id: row.id, body: { set: { household }, rev: { household: row.id } } });
}

function merge(fold: Fold, row: Row, to: string | undefined): void {
  const from = row.body?.from;
  if (!from) return;
  if (to === undefined) {
    part(fold, row.f, from);
    return;
  }
  const b = fold.homeIn(row.f, from) ?? fold.bucketFor({ ...row, person: from });
  const doc = fold.open(row.f, b);
  doc.m = { ...doc.m, [from]: to };
}

/** Her alias lies where she was thought to live when it came, which other feeds may have told differently since. */
function part(fold: Fold, f: string, from: string): void {
  for (const b of fold.bucketsOf(f)) {
    if (fold.peek(f, b)?.m?.[from] === undefined) continue;
    const doc = fold.open(f, b);
    delete doc.m?.[from];
    fold.close(f, b);
  }
}
