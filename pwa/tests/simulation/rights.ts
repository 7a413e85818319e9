/** Who may have what, said a second time and from the town's tables alone: no row may reach or stay on a phone outside its scope. */
import { book } from '../../src/generated/rulebook';
import { audience } from '../../src/rules/forms';
import { standing } from '../../src/rules/consent';
import type { Row } from '../../src/store/wire';
import type { Registered } from './town';

/** Rows of tests/simulation/truth.py `everything`. */
export interface Truth {
  persons: { [id: string]: [area: string, household: string, residence: string | null, into: string | null, erased: number | null] };
  houses: { [id: string]: string };
  records: { [id: string]: [form: string, role: string, source: string, person: string | null, household: string | null, area: string, author: string, on: string, status: string, purpose: string | null, coded: { [field: string]: unknown }] };
  grants: [worker: string, role: string, area: string][];
  twice: number;
}
export interface Place {
  area: string;
  audience: string;
}
type Row1 = Pick<Row, 'id' | 'kind' | 'body' | 'person' | 'household'>;

const townOf = (area: string) => area.slice(0, 9);

export class Rights {
  /** by person: what her consents say today */
  private readonly standings = new Map<string, ReturnType<typeof standing>>();

  constructor(
    private readonly truth: Truth,
    private readonly erased: ReadonlySet<string>,
    private readonly today: string,
  ) {}

  /** Whether a worker has this feed today. */
  feed({ worker }: Registered, { area, audience: who }: Place): boolean {
    if (area === `worker:${worker.id}` || area === 'ref') return true;
    return this.truth.grants.some(([id, role, under]) => id === worker.id && this.grants(role, under, area, who));
  }

  private grants(role: string, under: string, area: string, who: string): boolean {
    if (who === 'stock') return area === townOf(under);
    if (area.length === 9) return who === 'common' && area === townOf(under) && role !== 'director';
    if (!area.startsWith(under) || role === 'liaison') return false;
    return who === 'common' || (who === 'clinical' && role === 'technician');
  }

  /** Why this row's body may not stand in this feed; undefined when it may. */
  fault(place: Place, row: Row1): string | undefined {
    if (!row.body) return undefined;
    if (row.kind === 'reveal') return row.body.events?.map((inner) => this.fault(place, inner)).find(Boolean);
    if (row.kind === 'record') return this.record(place, row.id);
    if (row.kind === 'amend' || row.kind === 'void' || row.kind === 'note') return this.record(place, row.body.of ?? '', row.kind === 'note');
    if (row.kind !== 'state') return undefined;
    return row.body.type === 'household' ? this.house(place, row) : this.person(place, row.person ?? '');
  }

  private record(place: Place, id: string, note = false): string | undefined {
    const rec = this.truth.records[id];
    if (!rec) return `record ${id} is erased`;
    const [form, role, source, person, household, area, author, , , purpose] = rec;
    if (person && this.gone(person)) return `record ${id} is about an erased person`;
    if (place.audience === 'own') return purpose && person && this.stands(person, purpose) === 'withdrawn' ? `consent for ${id} is withdrawn` : undefined;
    const word = purpose && person ? this.stands(person, purpose) : 'given';
    if (word === 'withdrawn' || word === 'none') return `consent for ${id} is ${word}, and ${author} alone may have it`;
    if (!note && place.audience === 'common' && this.readers(form, role, source) === 'clinical') return `clinical record ${id} in a common feed`;
    if (person) return this.person(place, person);
    if (household) return this.truth.houses[household] === place.area ? undefined : `record ${id} of a household that is elsewhere`;
    return place.area === area || place.area === townOf(area) ? undefined : `record ${id} of another place`;
  }

  private readers(form: string, role: string, source: string): string {
    const found = book.forms[form];
    return found ? audience(found, source === 'import' ? 'import' : role) : 'none';
  }

  private person(place: Place, id: string): string | undefined {
    const now = this.truth.persons[this.root(id)];
    if (!now || this.gone(id)) return `person ${id} is erased`;
    const [area, , residence] = now;
    const here = place.area === area || (residence === 'moved_in' && place.area === townOf(area) && place.audience === 'common');
    return here ? undefined : `person ${id} lives in ${area} now`;
  }

  private house(place: Place, { household = '', body }: Row1): string | undefined {
    if (place.area.length === 9 || this.truth.houses[household] === place.area) return undefined;
    return Object.keys(body?.set ?? {}).every((field) => field === 'area') ? undefined : `household ${household} lies in ${this.truth.houses[household]} now`;
  }

  root(id: string): string {
    let now = id;
    for (let hops = 0; hops < 8; hops++) now = this.truth.persons[now]?.[3] ?? now;
    return now;
  }

  private gone(id: string): boolean {
    return [id, this.root(id)].some((one) => this.erased.has(one) || (this.truth.persons[one]?.[4] ?? null) !== null);
  }

  private stands(person: string, purpose: string): string {
    const root = this.root(person);
    const found = this.standings.get(root) ?? this.standingOf(root);
    this.standings.set(root, found);
    return found[purpose] ?? 'none';
  }

  private standingOf(root: string): ReturnType<typeof standing> {
    const said = Object.entries(this.truth.records).filter(([, rec]) => rec[0] === 'consent' && rec[3] && this.root(rec[3]) === root);
    const records = said.map(([id, [form, role, , , household, , author, on, status, , coded]]) => ({ id, form, role, author, occurred_on: on, status, answers: coded, person: root, household }));
    return standing(records, this.today);
  }
}
