/** The mirror while rows are folded into it: works on copies, and the caller writes what was touched. */
import type { Bag, CountyDays, Worker } from './api';
import type { Doc, Mirror } from './mirror';
import type { Body, Row } from './wire';

export class Fold {
  /** "f\nb" → the document as it will be; undefined: gone */
  readonly touched = new Map<string, { f: string; b: string; doc: Doc | undefined }>();
  /** events that came */
  readonly arrived = new Set<string>();
  /** events and persons whose copies on this phone must go */
  readonly erased = new Set<string>();
  readonly erasedPersons = new Set<string>();
  bag?: Bag;
  days?: CountyDays;
  /** lists of card keys that came, each whole */
  readonly lists: Body[] = [];
  grant?: { worker?: string } & Pick<Worker, 'areas' | 'villages'>;
  private readonly homes = new Map<string, string | null>();

  /** `wiped`: feeds that are being made anew; what the mirror holds of them does not count. */
  constructor(
    private readonly mirror: Mirror,
    private readonly wiped: ReadonlySet<string> = new Set(),
  ) {}

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

  /** Where an event goes: with its household, else with its person, else among sixteen of the feed's own. */
  bucketFor(row: Row): string {
    if (row.household) return row.household;
    if (!row.person) return `_${row.id.slice(-1)}`;
    const here = this.homeIn(row.f, row.person);
    const anywhere = this.mirror.homesOf(row.person)?.values().next();
    return here ?? (anywhere && !anywhere.done ? anywhere.value : row.person);
  }
}
