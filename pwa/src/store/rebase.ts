/**
 * Waiting patches shown over what the server said. Pure, and for showing only: the server alone merges, and its outcome
 * comes down as state. A patch made on top of a waiting one names it as its base, since the server takes them in order.
 */
import type { Revisions } from './api';
import type { Thing } from './mirror';
import type { Fields } from './wire';

export interface WaitingPatch {
  id: string;
  set: Fields;
}
export interface Shown extends Thing {
  /** fields that show our value */
  waiting: string[];
}

/** Undefined when there is neither state nor patch. */
export function rebase(id: string, state: Thing | undefined, patches: readonly WaitingPatch[]): Shown | undefined {
  if (!state && patches.length === 0) return undefined;
  const shown: Shown = { id, set: { ...state?.set }, rev: revisions(state), waiting: [] };
  for (const patch of patches) {
    for (const [field, value] of Object.entries(asShown(patch.set))) {
      shown.set[field] = value;
      shown.rev[field] = patch.id;
      if (!shown.waiting.includes(field)) shown.waiting.push(field);
    }
  }
  return shown;
}

/** Phones are shown the last four places of an ID number and never keep the whole of it as state. */
export function asShown({ id_number, ...set }: Fields): Fields {
  if (id_number === undefined) return set;
  return { ...set, id_last4: typeof id_number === 'string' ? id_number.slice(-4) : null };
}

/** Every field's own revision, "*" written out. */
export function revisions(thing: Thing | undefined): Revisions {
  if (!thing) return {};
  const { '*': rest, ...own } = thing.rev;
  if (rest === undefined) return own;
  return Object.fromEntries([...Object.keys(thing.set).map((field) => [field, rest]), ...Object.entries(own)]) as Revisions;
}

/** What a new patch says it was made on: the event that set each field, null where nobody has. */
export function baseFor(shown: Thing | undefined, set: Fields): { [field: string]: string | null } {
  if (!shown) return {};
  const seenAs = (field: string) => (field === 'id_number' ? 'id_last4' : field);
  return Object.fromEntries(Object.keys(set).map((field) => [field, shown.rev[seenAs(field)] ?? shown.rev[field] ?? null]));
}
