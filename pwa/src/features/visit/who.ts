/** Whom this visit is about, put together from her household's bundle. Pure. */
import { standing } from '../../rules/consent';
import type { Bundle, Person, Rec } from '../../store/api';
import { plain } from '../../ui/plain';
import type { Who } from './plan';

export interface Subject {
  readonly bundle: Bundle;
  readonly person: Person;
  readonly records: readonly Rec[];
}

export function subjectOf(bundle: Bundle | undefined, id: string): Subject | null {
  const person = bundle?.persons.find((p) => p.id === id);
  return bundle && person ? { bundle, person, records: bundle.records.filter((r) => r.person === id) } : null;
}

export function whoOf({ bundle, person, records }: Subject, role: string, day: string): Who {
  return {
    person: person.id, household: person.household, area: bundle.household.area, birth: person.birth,
    role, day, standing: standing(records.map(plain), day),
  };
}

/** The role this worker has in her village. */
export const roleIn = (areas: readonly { code: string; role: string }[], area: string, fallback: string): string =>
  areas.find((a) => area.startsWith(a.code))?.role ?? fallback;
