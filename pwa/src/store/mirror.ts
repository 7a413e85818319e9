/**
 * What the server has told this phone, in memory: one document a feed and household, as it lies sealed on disk.
 * Events stay where they were put when they came; who they are about is answered by an index, so nothing moves when a person does.
 */
import type { Revisions } from './api';
import type { Fields, Row } from './wire';

/** A household or person in one feed. `rev["*"]` stands for every field of `set` that has no entry of its own. */
export interface Thing {
  id: string;
  set: Fields;
  rev: Revisions;
  /** who changed what, oldest first; absent where nobody has since the list came */
  log?: Said[];
}
/** One patch that the server applied: what was set, and what stood there before. `t` by its author's clock. */
export interface Said {
  id: string;
  t: number;
  actor: string;
  role: string;
  set: Fields;
  was: Fields;
  /** id of the patch */
  rev?: string;
}
export type Stored = Omit<Row, 'f' | 'q' | 'digest'>;
export interface Doc {
  h?: Thing;
  p: { [person: string]: Thing };
  /** record, amend, void, note, in the order they came */
  e: Stored[];
  /** merged persons: from → to */
  m?: { [from: string]: string };
  /** kinds this version does not know, raw, for a later version */
  x?: Stored[];
}

const keyOf = (f: string, b: string) => `${f}\n${b}`;

export class Mirror {
  private readonly feeds = new Map<string, Map<string, Doc>>();
  /** subject (household or person) → documents that speak of it */
  private readonly about = new Map<string, Map<string, Doc>>();
  /** household or person → feed → bucket that holds its state */
  private readonly homes = new Map<string, Map<string, string>>();
  /** merged person → document that says so → who she is now; several feeds may say it, and each may be taken away */
  private readonly merged = new Map<string, Map<string, string>>();

  /** `own`: whether a feed is the worker's own. */
  constructor(private readonly own: (f: string) => boolean = () => false) {}

  get(f: string, b: string): Doc | undefined {
    return this.feeds.get(f)?.get(b);
  }

  buckets(f: string): Map<string, Doc> {
    return this.feeds.get(f) ?? new Map<string, Doc>();
  }

  /** Replaces one document; returns the subjects of both the old and the new one. */
  put(f: string, b: string, doc: Doc | undefined): Set<string> {
    const old = this.get(f, b);
    const touched = new Set([...this.forget(f, b, old), ...(doc ? subjectsOf(doc) : [])]);
    if (!doc) {
      this.feeds.get(f)?.delete(b);
      return touched;
    }
    entry(this.feeds, f).set(b, doc);
    for (const id of subjectsOf(doc)) entry(this.about, id).set(keyOf(f, b), doc);
    for (const id of thingsIn(doc)) entry(this.homes, id).set(f, b);
    for (const [from, to] of Object.entries(doc.m ?? {})) entry(this.merged, from).set(keyOf(f, b), to);
    return touched;
  }

  /** Forgets a feed; returns the subjects it spoke of. */
  drop(f: string): Set<string> {
    const touched = new Set<string>();
    for (const b of [...this.buckets(f).keys()]) for (const id of this.put(f, b, undefined)) touched.add(id);
    this.feeds.delete(f);
    return touched;
  }

  feedNames(): string[] {
    return [...this.feeds.keys()];
  }

  docs(subject: string): Doc[] {
    return [...(this.about.get(subject)?.values() ?? [])];
  }

  /** Where the documents that speak of it lie. */
  keysOf(subject: string): { f: string; b: string }[] {
    return [...(this.about.get(subject)?.keys() ?? [])].map((key) => {
      const [f = '', b = ''] = key.split('\n');
      return { f, b };
    });
  }

  /** Events of one subject, or of all, with the feed that tells them: villages first, the worker's own feed after them. */
  told(subject: string | undefined, wanted: (e: Stored) => boolean): { e: Stored; feed: string }[] {
    const places = subject === undefined ? this.feedNames().flatMap((f) => [...this.buckets(f).keys()].map((b) => ({ f, b }))) : this.keysOf(subject);
    places.sort((x, y) => Number(this.own(x.f)) - Number(this.own(y.f)));
    return places.flatMap(({ f, b }) => (this.get(f, b)?.e ?? []).filter(wanted).map((e) => ({ e, feed: f })));
  }

  subjects(): IterableIterator<string> {
    return this.about.keys();
  }

  homesOf(id: string): ReadonlyMap<string, string> | undefined {
    return this.homes.get(id);
  }

  /** The person that a merged one now is. */
  resolve(person: string): string {
    let now = person;
    for (let hops = 0; hops < 8; hops++) {
      const next = this.merged.get(now)?.values().next().value;
      if (next === undefined) return now;
      now = next;
    }
    return now;
  }

  /** Everyone who was merged into this person. */
  aliases(person: string): string[] {
    return [...this.merged.keys()].filter((from) => from !== person && this.resolve(from) === person);
  }

  private forget(f: string, b: string, old: Doc | undefined): string[] {
    if (!old) return [];
    const subjects = subjectsOf(old);
    for (const id of subjects) removeFrom(this.about, id, keyOf(f, b));
    for (const id of thingsIn(old)) if (this.homes.get(id)?.get(f) === b) removeFrom(this.homes, id, f);
    for (const from of Object.keys(old.m ?? {})) removeFrom(this.merged, from, keyOf(f, b));
    return subjects;
  }
}

function thingsIn(doc: Doc): string[] {
  return doc.h ? [doc.h.id, ...Object.keys(doc.p)] : Object.keys(doc.p);
}

function subjectsOf(doc: Doc): string[] {
  const ids = new Set(thingsIn(doc));
  for (const person of Object.values(doc.p)) if (typeof person.set.household === 'string') ids.add(person.set.household);
  for (const e of doc.e) {
    if (e.person) ids.add(e.person);
    if (e.household) ids.add(e.household);
  }
  for (const [from, to] of Object.entries(doc.m ?? {})) ids.add(from).add(to);
  return [...ids];
}

function entry<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const found = map.get(key) ?? new Map<string, V>();
  map.set(key, found);
  return found;
}

function removeFrom<V>(map: Map<string, Map<string, V>>, key: string, inner: string): void {
  const found = map.get(key);
  found?.delete(inner);
  if (found?.size === 0) map.delete(key);
}
