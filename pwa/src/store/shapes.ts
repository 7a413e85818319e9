/** People, households and records in the shape that pages read. Days "YYYY-MM-DD", times ms since 1970, ids UUIDv7 text. */

export type Scalar = string | number | boolean | null;
/** JSON without fractions: integers and decimal strings only. */
export type Value = Scalar | Value[] | { [key: string]: Value };
export type Answers = { [field: string]: Value };
export type VagueDate = string | { year: number; month?: number };
/** field → id of the event that set it. */
export type Revisions = { [field: string]: string };

/** draft = only in the form; here = recorded, not sent; town = the town's receipt is in; ask = kept whole, a person decides. */
export type Where = 'draft' | 'here' | 'town' | 'ask';

export interface Household {
  id: string;
  /** village (12 digits), or the area of a person who lives in no household */
  area: string;
  group?: string;
  grid?: string;
  number?: string;
  note?: string;
  rev: Revisions;
  /** true: a stand-in for someone who belongs to no household; its id is the person's */
  none?: true;
  /** fields with a change of ours that the town has not merged yet */
  waiting?: string[];
}

export interface Person {
  id: string;
  household: string | null;
  name: string;
  /** "zhou guilan|zgl", made by the server; absent on a person registered here and not yet pulled */
  nameKey?: string;
  sex?: 'f' | 'm';
  birth?: VagueDate;
  phone?: string;
  idLast4?: string;
  relation?: string;
  marital?: string;
  residence?: string;
  residencePlace?: string;
  note?: string;
  card?: string;
  rev: Revisions;
  waiting?: string[];
}

export interface Rec {
  id: string;
  form: string;
  version: number;
  /** the county's decision on days that it was written under */
  days?: number;
  occurredOn: string;
  answers: Answers;
  role: string;
  author: string;
  person?: string;
  household?: string;
  area?: string;
  status: 'live' | 'void';
  where: Where;
  /** when the author's phone wrote it; never used to order */
  at?: number;
  /** when this phone got the town's receipt */
  receivedAt?: number;
  /** the server's remarks: "late_grant", "rule_broken:<field>", or the reason it is parked */
  flags?: string[];
  /** only a note came: neither form nor answers may be shown ("see the technician by then") */
  seenAs?: 'note';
  purpose?: string;
  /** "YYYY-MM", of a note */
  next?: string;
  /** corrections, oldest first */
  amends?: { id: string; author: string; role: string; at?: number; reason: string; answers: Answers; was: Answers; where: Where }[];
  voided?: { id: string; author: string; role: string; at?: number; reason: string; where: Where };
}

/** One patch of a person or household, in the fields of the wire; an ID number shows its last four as id_last4. */
export interface Change {
  /** of the patch where it is this phone's and the town has not merged it: `undo` takes it */
  id: string;
  /** ms, by its author's clock */
  at: number;
  author: string;
  role: string;
  where: Where;
  set: Answers;
  /** what stood there before; absent where she was new */
  was?: Answers;
  born?: true;
  /** fields of which the town keeps this value beside the one that stands */
  clashes?: string[];
}

export interface Bundle {
  household: Household;
  persons: Person[];
  /** newest day first */
  records: Rec[];
}
