/** Who holds a card that is nobody's on this phone: a person known by the card alone. Her own village gets what is recorded. */
import type { Bundle, Rec } from './api';

const NAME = '持卡人 Holder';

/** Ids made of a card are UUIDs of version 8, all others of version 7. */
export const isGuest = (person: string): boolean => person[14] === '8';

/** A household of her own without a door, where the writer is at work, with what this phone recorded. */
export function guestBundle(person: string, area: string, loose: readonly Rec[]): Bundle {
  const household = { id: person, area, none: true as const, rev: {} };
  return { household, persons: [{ id: person, household: null, name: NAME, rev: {} }], records: loose.filter((r) => r.person === person) };
}
