/**
 * How one row of a feed changes the mirror, kind by kind. Pure. Rows of one feed must come in order; folding the same
 * row twice changes nothing.
 */
import type { Fold } from './fold';
import type { Stored, Thing } from './mirror';
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
  grant: (fold, row) => {
    const areas = row.body?.areas;
    const worker = row.body?.worker;
    if (areas) fold.grant = typeof worker === 'string' ? { areas, worker } : { areas };
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
function overwrite(thing: Thing | undefined, id: string, body: NonNullable<Row['body']>): Thing {
  const set = body.set ?? {};
  const rev = body.rev ?? {};
  if (!thing) return { id, set: { ...set }, rev: { ...rev } };
  const merged: Thing = { id, set: { ...thing.set, ...set }, rev: { ...thing.rev } };
  for (const field of Object.keys(set)) {
    const by = rev[field] ?? rev['*'];
    if (by !== undefined) merged.rev[field] = by;
  }
  return merged;
}

function setState(fold: Fold, row: Row): void {
  const body = row.body;
  if (!body) return;
  if (body.type === 'household') {
    const id = row.household ?? '';
    const doc = fold.open(row.f, id);
    doc.h = overwrite(doc.h, id, body);
    fold.setHome(row.f, id, id);
  } else if (row.person) setPerson(fold, row.f, row.person, body, row.household);
}

function setPerson(fold: Fold, f: string, id: string, body: NonNullable<Row['body']>, household?: string): void {
  const was = fold.homeIn(f, id);
  const known = was === undefined ? undefined : fold.open(f, was).p[id];
  const next = overwrite(known, id, body);
  if (next.set.household === undefined && household) next.set.household = household;
  const home = typeof next.set.household === 'string' ? next.set.household : id;
  if (was !== undefined && was !== home) takeOut(fold, f, was, id);
  fold.open(f, home).p[id] = next;
  fold.setHome(f, id, home);
}

function takeOut(fold: Fold, f: string, b: string, person: string): void {
  const doc = fold.open(f, b);
  const rest = { ...doc.p };
  delete rest[person];
  doc.p = rest;
  fold.setHome(f, person, null);
  fold.close(f, b);
}

/** `ids`: these events leave the feed. `person`: her state and all her events do. `household`: so with a household. */
function hide(fold: Fold, row: Row): void {
  const ids = new Set(row.body?.ids ?? []);
  const person = row.body?.ids ? undefined : (row.body?.person ?? row.person);
  const hers = (id: string | undefined) => person !== undefined && id !== undefined && (id === person || fold.isNow(id, person));
  const gone = (e: Stored) => ids.has(e.id) || hers(e.person) || (e.body?.of !== undefined && ids.has(e.body.of));
  for (const b of fold.bucketsOf(row.f)) {
    const doc = fold.peek(row.f, b);
    if (!doc?.e.some(gone) && !doc?.x?.some(gone)) continue;
    const copy = fold.open(row.f, b);
    copy.e = copy.e.filter((e) => !gone(e));
    copy.x = copy.x?.filter((e) => !gone(e));
    fold.close(row.f, b);
  }
  const home = person === undefined ? undefined : fold.homeIn(row.f, person);
  if (person !== undefined && home !== undefined) takeOut(fold, row.f, home, person);
}

/** With `to` she left this feed; without, she only lives in another household now. */
function moved(fold: Fold, row: Row): void {
  const person = row.body?.person ?? row.person;
  if (!person) return;
  if (row.body?.to !== undefined && row.body.to !== row.area) hide(fold, { ...row, body: { person } });
  else if (row.body?.household) setPerson(fold, row.f, person, { set: { household: row.body.household }, rev: { household: row.id } });
}

function merge(fold: Fold, row: Row, to: string | undefined): void {
  const from = row.body?.from;
  if (!from) return;
  const b = fold.homeIn(row.f, from) ?? fold.bucketFor({ ...row, person: from });
  const doc = fold.open(row.f, b);
  const merged = { ...doc.m };
  if (to === undefined) delete merged[from];
  else merged[from] = to;
  doc.m = merged;
  fold.close(row.f, b);
}
