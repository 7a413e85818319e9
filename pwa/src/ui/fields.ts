/** A person's fields by their names on the wire. Pure. */
import type { Answers, Person, Value } from '../store/api';

/** What a page may change of a person. */
export function fieldsOf(person: Person): Answers {
  const { name, sex, birth, phone, relation, marital, residence, residencePlace, note } = person;
  const fields: { [field: string]: Value | undefined } = { name, sex, birth, phone, relation, marital, residence, residence_place: residencePlace, note };
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}
