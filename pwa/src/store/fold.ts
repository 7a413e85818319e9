/**
 * How one row of a feed changes the mirror. Pure: works on copies, and the caller writes what was touched.
 * Rows of one feed must come in order; folding the same row twice changes nothing.
 */
import type { Worker } from './api';
import type { Doc, Mirror, Stored, Thing } from './mirror';
import type { Row } from './wire';

export class Fold {
  /** "f\nb" → the document as it will be; undefined: gone */
  readonly touched = new Map<string, { f: string; b: string; doc: Doc | undefined }>();
  /** events that came */
  readonly arrived = new Set<string>();
  /** events and persons whose copies on this phone must go */
  readonly erased = new Set<string>();
  readonly erasedPersons = new Set<string>();
  grant?: { worker?: string; areas: Worker['areas'] };
  private readonly homes = new Map<string, string | null>();

  /** `wiped`: feeds that are being made anew; what the mirror holds of them does not count. */
  constructor(
    private readonly mirror: Mirror,
    private readonly wiped: ReadonlySet<string> = new Set(),
  ) {}

  apply(row: Row): void {
    if (row.id) this.arrived.add(row.id);
    if (row.body) (KINDS[row.kind] ?? keepRaw)(this, row);
  }

  /** A document that may be changed. */
  open(f: string, b: string): Doc {
    const known = this.touched.get(`${f}\n${b}`);
    if (known?.doc) return known.doc;
    const old = known || this.wiped.has(f) ? undefined : this.mirror.get(f, b);
    const doc: Doc = old ? { ...old, p: { ...old.p }, e: [...old.e] } : { p: {}, e: [] };
    if (old?.m) doc.m = { ...old.m };
    if (old?.x) doc.x = [...old.x];
    this.touched.set(`${f}\n${b}`, { f, b, doc });
    return doc;
  }

  close(f: string, b: string): void {
    const doc = this.open(f, b);
    const empty = !doc.h && !doc.e.length && !doc.x?.length && !Object.keys(doc.p).length && !Object.keys(doc.m ?? {}).length;
    if (empty) this.touched.set(`${f}\n${b}`, { f, b, doc: undefined });
  }

  /** Every bucket of a feed, with what was touched here. */
  bucketsOf(f: string): string[] {
    const names = new Set(this.wiped.has(f) ? [] : this.mirror.buckets(f).keys());
    for (const t of this.touched.values()) if (t.f === f && t.doc) names.add(t.b);
    return [...names];
  }

  /** Looks without making a copy. */
  peek(f: string, b: string): Doc | undefined {
    const known = this.touched.get(`${f}\n${b}`);
    return known ? known.doc : this.wiped.has(f) ? undefined : this.mirror.get(f, b);
  }

  /** The bucket of a feed that holds the state of this household or person. */
  homeIn(f: string, id: string): string | undefined {
    const known = this.homes.get(`${f}\n${id}`);
    if (known !== undefined) return known ?? undefined;
    return this.wiped.has(f) ? undefined : this.mirror.homesOf(id)?.get(f);
  }

  setHome(f: string, id: string, b: string | null): void {
    this.homes.set(`${f}\n${id}`, b);
  }

  /** Whether these were merged into one. */
  isNow(from: string, person: string): boolean {
    return this.mirror.resolve(from) === person;
  }

  /** Where an event goes: with its household, else with its person, else among sixteen of the feed's own. */
  bucketFor(row: Row): string {
    if (row.household) return row.household;
    if (!row.person) return `_${row.id.slice(-1)}`;
    const here = this.homeIn(row.f, row.person);
    const anywhere = this.mirror.homesOf(row.person)?.values().next();
    return here ?? (anywhere && !anywhere.done ? anywhere.value : row.person);
  }
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
  reveal: (fold, row) => row.body?.events?.forEach((inner) => fold.apply({ ...inner, f: row.f })),
  hide: hide,
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
export function overwrite(thing: Thing | undefined, id: string, body: NonNullable<Row['body']>): Thing {
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
