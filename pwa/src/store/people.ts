/** Households and persons in the shape the pages read, from fields as they travel. Pure. */
import type { Household, Person, VagueDate } from './api';
import type { Shown } from './rebase';
import type { Fields } from './wire';

export function householdOf(shown: Shown | undefined, id: string, area: string): Household {
  const set = shown?.set ?? {};
  const household: Household = { id, area: text(set, 'area') ?? area, rev: shown?.rev ?? {} };
  for (const field of ['group', 'grid', 'number', 'note'] as const) {
    const value = text(set, field);
    if (value !== undefined) household[field] = value;
  }
  if (shown?.waiting.length) household.waiting = shown.waiting;
  return household;
}

/** field of Person ← field on the wire */
const TEXTS = {
  nameKey: 'name_key',
  phone: 'phone',
  relation: 'relation',
  marital: 'marital',
  residence: 'residence',
  residencePlace: 'residence_place',
  note: 'note',
  card: 'card',
} as const;

export function personOf(shown: Shown): Person {
  const set = shown.set;
  const person: Person = { id: shown.id, household: text(set, 'household') ?? null, name: text(set, 'name') ?? '', rev: shown.rev };
  for (const [field, wire] of Object.entries(TEXTS) as [keyof typeof TEXTS, string][]) {
    const value = text(set, wire);
    if (value !== undefined) person[field] = value;
  }
  if (set.sex === 'f' || set.sex === 'm') person.sex = set.sex;
  if (set.birth) person.birth = set.birth as VagueDate;
  const idLast4 = text(set, 'id_last4');
  if (idLast4) person.idLast4 = idLast4;
  if (shown.waiting.length) person.waiting = shown.waiting;
  return person;
}

/** Numbers of doors and groups may have come as numbers. */
function text(set: Fields, field: string): string | undefined {
  const value = set[field];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
