/** The shapes of workers, phones, leaves and printed cards. */
import type { BagLine } from '../../store/api';
import type { NamedArea, Named } from './shapes';

export interface PhoneRow {
  readonly id: string;
  readonly label: string;
  readonly state: string;
  readonly worker: { readonly id: string; readonly name: string };
  readonly created_at: number;
  readonly last_seen: number | null;
  /** a lost or retired one said that it has emptied itself, ms */
  readonly wiped_at: number | null;
  readonly stores: readonly { readonly id: string; readonly worker: string; readonly unsent: number | null; readonly last_push_at: number | null }[];
}

export interface WorkerRow {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly role: string;
  readonly areas: readonly { readonly code: string; readonly name: string; readonly role: string }[];
  readonly disabled_at: number | null;
  /** Whether her account is for the reader to change. */
  readonly yours: boolean;
}

export interface LeaveRow {
  readonly id: string;
  readonly worker: string;
  readonly stand_in: string;
  readonly first: string;
  readonly last: string;
  readonly on: boolean;
}

export interface Workers {
  readonly workers: readonly WorkerRow[];
  readonly leaves: readonly LeaveRow[];
}

export interface Places {
  readonly roles: readonly string[];
  readonly areas: readonly NamedArea[];
}

export interface WithPassword {
  readonly worker: WorkerRow;
  readonly password: string;
}

export interface PhonePage {
  readonly id: string;
  readonly label: string;
  readonly state: string;
  readonly held: readonly { readonly area: NamedArea; readonly households: number; readonly persons: number; readonly as_of: number }[];
  readonly deeds: readonly { readonly at: number; readonly action: string; readonly from: string | null; readonly to: string | null; readonly worker: Named }[];
}

export interface BagShown {
  readonly lines: readonly BagLine[];
  /** ms; null: never written */
  readonly changed_at: number | null;
}

export interface Slip {
  readonly code: string;
  readonly worker: string;
  readonly expires_at: number;
  readonly fingerprint: string;
}

/** Where a station is, as everybody reads it on the cards' page. */
export interface StationFace {
  readonly address: string;
  readonly phone: string;
  readonly hours: string;
}

export interface Station {
  readonly face: StationFace;
  /** By month and village code; null: fewer than five answers. */
  readonly ratings: readonly { readonly area: string; readonly name: string; readonly month: string; readonly total: number | null; readonly good: number | null; readonly fair: number | null; readonly poor: number | null }[];
}

/** Sheets printed at once that are in force or not together. Numbers as printed; `printed_at` in ms, `expires` YYYY-MM-DD. */
export interface CardRun {
  readonly first: number;
  readonly last: number;
  readonly printed_at: number;
  readonly expires: string;
  readonly stopped: boolean;
}

export interface CardsPrinted {
  /** The name on the cards; null where the server knows none. */
  readonly host: string | null;
  readonly runs: readonly CardRun[];
  readonly sheets: number;
  readonly cards: number;
  readonly stopped: number;
  /** Cards held out; `sheets`: numbers of those with a card in two townships within an hour. */
  readonly scans: { readonly today: number; readonly month: number; readonly sheets: readonly number[] };
}

export interface CardsMade {
  readonly first: number;
  readonly last: number;
  /** The PDF in Base64. */
  readonly file: string;
}
