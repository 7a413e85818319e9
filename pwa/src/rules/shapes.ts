/** Shapes of the rulebook and of what the rules answer; the twin of server/rules/shapes.py, where each is explained. */

/** A record as it came: nothing in it is trusted to have the right type. */
export type Plain = { readonly [key: string]: unknown };
export type Level = 'error' | 'warn';
export type State = 'later' | 'due' | 'overdue';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A field is one of some words, is none of them (or unanswered), or a whole number compares. */
export type Cond =
  | { readonly field: string; readonly is: readonly string[] }
  | { readonly field: string; readonly not: readonly string[] }
  | { readonly field: string; readonly op: string; readonly value: number };
export type Conds = Cond | readonly Cond[];

export interface Option extends Words {
  readonly code: string;
  readonly unit?: Words;
  /** in no file: the county does not offer it */
  readonly hidden?: boolean;
}

export type FieldType = 'code' | 'multi' | 'bool' | 'int' | 'text' | 'date' | 'ref' | 'lines';

export interface Field extends Words {
  readonly key: string;
  readonly type: FieldType;
  readonly unit?: Words;
  readonly options?: readonly Option[];
  readonly alone?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly warn?: readonly number[];
  /** The whole number stands for that many decimal places: 365 with 1 is 36.5. */
  readonly digits?: number;
  readonly max_length?: number;
  readonly vague?: boolean;
  readonly not_after?: 'today';
  readonly after?: 'today';
  readonly not_before?: string;
  readonly not_under?: { readonly age: number; readonly when?: Conds };
  readonly at_most?: string;
  /** The columns of `lines`, whose answer is a list of objects. */
  readonly of?: readonly Field[];
  readonly required?: boolean;
  readonly when?: Conds;
  readonly roles?: readonly string[];
  readonly hint?: Words;
  readonly errors?: { readonly [code: string]: Words };
}

export interface Rule extends Words {
  readonly id: string;
  readonly field: string;
  readonly when: Conds;
  readonly then: 'refer' | 'warn' | 'block';
  readonly status: string;
  readonly roles?: readonly string[];
  readonly urgency?: 'emergency' | 'soon' | 'routine';
  /** She is referred, and what she came for is given all the same. */
  readonly goes_on?: boolean;
}

export interface YearNote extends Words {
  readonly id: string;
  readonly field: string;
  readonly sum: string;
  readonly items: readonly string[];
  readonly limit: number;
}

export interface AgeNote extends Words {
  readonly id: string;
  readonly under: number;
  readonly roles: readonly string[];
}

export interface EpisodeRule extends Words {
  readonly begins: readonly Matcher[];
  readonly ends: readonly Matcher[];
  readonly since: string;
  readonly days: number;
  readonly ended: readonly string[];
}

export interface Form extends Words {
  readonly id: string;
  readonly version: number;
  readonly subject: 'person' | 'household' | 'any' | 'place';
  readonly writers: readonly string[];
  readonly readers: { readonly [role: string]: readonly string[] };
  readonly min_age?: { readonly [role: string]: number };
  readonly consent: string | null;
  readonly fields: readonly Field[];
  readonly rules: readonly Rule[];
  readonly year_notes?: readonly YearNote[];
  readonly age_notes?: readonly AgeNote[];
  readonly episode?: EpisodeRule;
}

export interface Matcher {
  readonly form: string;
  readonly when?: Conds;
  readonly roles?: readonly string[];
}

export interface Anchor extends Matcher {
  readonly date: readonly string[];
  readonly pick: 'spell' | 'newest' | 'each';
  readonly why: Words;
}

export interface Step extends Words {
  readonly due: number;
  readonly opens: number;
  readonly overdue: number;
  readonly expire: number;
  readonly per?: { readonly field: string; readonly days: number };
}

export interface Repeat extends Step {
  readonly every: number;
  readonly n: number;
}

export interface RecordSchedule extends Words {
  readonly id: string;
  readonly version: number;
  readonly kind: 'record';
  readonly active: boolean;
  readonly variant_of?: string;
  readonly form: string;
  readonly consent: string | null;
  readonly key?: string;
  readonly match?: string;
  readonly anchors: readonly Anchor[];
  readonly steps: readonly Step[];
  readonly then?: Repeat;
  readonly private?: boolean;
  readonly done_by: readonly Matcher[];
  readonly stop: readonly Matcher[];
  readonly decline: { readonly by: readonly Matcher[]; readonly rest_days: number };
  readonly changed?: readonly { readonly n: number; readonly as: RecordSchedule }[];
}

export interface NoteSchedule extends Words {
  readonly id: string;
  readonly version: number;
  readonly kind: 'note';
  readonly active: boolean;
  readonly why: Words;
  readonly expire: number;
}

export type Schedule = RecordSchedule | NoteSchedule;

export interface Indicator extends Words {
  readonly id: string;
  readonly version: number;
  readonly base: Words & { readonly sex: readonly string[]; readonly marital: readonly string[]; readonly age: readonly number[]; readonly residence: readonly string[] };
  readonly numerator: Words & { readonly methods: readonly string[] };
  readonly mix: readonly string[];
  readonly digits: number;
  readonly source: Words;
}

export interface StockRules extends Words {
  readonly id: 'stock';
  readonly version: number;
  readonly expiry: Words & { readonly warn_days: number; readonly urgent_days: number };
  readonly count: Words & { readonly every_days: number };
  readonly use: Words & { readonly days: number };
  readonly order: Words & { readonly months: number };
  readonly effects: readonly { readonly movement: string; readonly place: string; readonly state: 'usable' | 'set_aside'; readonly sign: number }[];
  readonly hand_outs: readonly { readonly form: string; readonly item?: string; readonly fixed?: string; readonly qty: string }[];
  readonly cyp: readonly { readonly item: string; readonly numerator: number; readonly denominator: number }[];
}

export interface Labels extends Words {
  readonly id: string;
  readonly version: number;
  readonly words: readonly (Words & { readonly code: string; readonly hint?: Words })[];
}

export interface ConsentText {
  readonly version: string;
  readonly zh: readonly string[];
  readonly en: readonly string[];
}

/** The rulebook; its tables have no prototype, so that no key from outside finds anything else. */
export interface Book {
  readonly forms: { readonly [id: string]: Form };
  readonly schedules: readonly Schedule[];
  readonly indicators: { readonly [id: string]: Indicator };
  readonly labels: { readonly [id: string]: Labels };
  readonly consent_texts: { readonly [purpose: string]: readonly ConsentText[] };
  /** comes with the rarer forms */
  readonly stock?: StockRules;
}

export interface Finding {
  readonly field: string;
  readonly code: string;
  readonly level: Level;
  readonly rule: string;
}

export interface DueItem {
  readonly schedule: string;
  readonly record: string;
  readonly person: string | null;
  readonly household: string | null;
  readonly form: string | null;
  readonly due: string;
  readonly opens: string;
  readonly closes: string;
  readonly expires: string;
  readonly state: State;
  readonly late: number;
  readonly why: Words;
}
