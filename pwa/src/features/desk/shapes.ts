/** The shapes of the server's answers to the desk. */
import type { Answers, VagueDate, Value } from '../../store/api';

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly areas: readonly { readonly code: string; readonly name: string; readonly role: string }[];
}

export interface NamedArea {
  readonly code: string;
  readonly name: string;
}

export interface Figure {
  /** null: too few to be shown to who asks */
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly percent: string | null;
  readonly mix: Readonly<Record<string, number | null>>;
  readonly base: string;
  readonly base_en: string;
  readonly area: string;
  readonly on: string;
  readonly hidden: number;
  readonly k: number;
}

export interface FigureRow {
  readonly person: string;
  readonly name: string;
  readonly area: NamedArea;
  readonly number: string | null;
  readonly method: string;
  readonly record: string | null;
  readonly occurred_on: string | null;
  readonly author: string;
  readonly role: string | null;
  readonly source: string | null;
}

export interface FigureRows {
  readonly rows: readonly FigureRow[];
  readonly next: string | null;
  readonly total: number;
}

export interface DeskRecord {
  readonly id: string;
  readonly form: string | null;
  readonly clinical: boolean;
  readonly purpose: string | null;
  readonly occurred_on: string;
  readonly author: { readonly id: string; readonly name: string; readonly role: string };
  readonly source: string;
  readonly status: string;
  readonly answers: Answers | null;
}

export interface DeskPerson {
  readonly id: string;
  readonly name: string;
  readonly birth: VagueDate | null;
  readonly phone: string | null;
  readonly id_number: string;
  readonly marital: string | null;
  readonly residence: string | null;
  readonly residence_place: string | null;
  readonly area: NamedArea;
  readonly household: { readonly id: string; readonly group: string | null; readonly number: string | null };
  readonly consents: readonly { readonly purpose: string; readonly decision: string; readonly occurred_on: string; readonly expires_on: string | null; readonly record: string }[];
  readonly records: readonly DeskRecord[];
  /** Who opened her page before, newest first. */
  readonly readers: readonly { readonly at: number; readonly worker: { readonly id: string; readonly name: string } }[];
}

export interface PersonLine {
  readonly id: string;
  readonly name: string;
  readonly birth: VagueDate | null;
  /** masked */
  readonly phone: string;
  /** masked */
  readonly id_number: string;
  readonly area: NamedArea;
  readonly household: { readonly id: string; readonly group: string | null; readonly number: string | null };
}

export type Found = { at: 'nothing' } | { at: 'asking' } | { at: 'failed'; code: string } | { at: 'here'; q: string; people: readonly PersonLine[] };

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** One of two entries that look like one person; numbers masked. */
export interface Twin extends PersonLine {
  readonly sex: string | null;
}

/** One thing for a person to decide: two values, two entries that look like one person, an event that is parked, forked or flagged, or what was asked on the public page. */
export interface InboxItem {
  readonly id: string;
  readonly kind: 'conflict' | 'parked' | 'fork' | 'flagged' | 'twins' | 'asked';
  /** ms, when the town got it */
  readonly at: number;
  readonly area: NamedArea | null;
  readonly choices: readonly string[];
  readonly decision: string | null;
  readonly decided_by: Named | null;
  readonly decided_at: number | null;
  readonly subject: { readonly type: string; readonly id: string; readonly name: string } | null;
  readonly field: string | null;
  readonly kept: Value;
  readonly offered: Value;
  readonly kept_by: Named | null;
  readonly kept_at: number | null;
  readonly offered_by: Named | null;
  readonly offered_at: number | null;
  readonly people: readonly Twin[] | null;
  readonly actor: Named | null;
  readonly asked: { readonly due_on: string; readonly phone: string | null; readonly words: string | null; readonly number: string | null } | null;
  readonly reason: string | null;
  readonly event: {
    readonly kind: string | null;
    readonly schema: string | null;
    readonly t: number | null;
    readonly role: string | null;
    readonly person: string | null;
    readonly clinical: boolean;
    readonly occurred_on: string | null;
    readonly body: Readonly<Record<string, Value>> | null;
  } | null;
}

export interface Inbox {
  readonly items: readonly InboxItem[];
  readonly total: number;
}

/** A village's director and what her phones in use last said; times in ms. */
export interface Director {
  readonly id: string;
  readonly name: string;
  readonly phones: number;
  readonly unsent: number | null;
  readonly last_seen: number | null;
  readonly last_push_at: number | null;
}

export interface Village {
  readonly code: string;
  readonly name: string;
  readonly households: number;
  readonly persons: number;
  readonly done: number;
  readonly waiting: number;
  readonly late: number;
  readonly directors: readonly Director[];
}

export interface Overview {
  readonly since: string;
  readonly on: string;
  readonly until: string;
  readonly villages: readonly Village[];
  /** null: fewer than `k` */
  readonly declined: number | null;
  readonly k: number;
}
