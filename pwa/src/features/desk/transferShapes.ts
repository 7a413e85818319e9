/** The shapes of transfers, as the server answers the desk. */
export interface TransferRow {
  readonly id: string;
  readonly side: 'out' | 'in';
  readonly other_name: string;
  readonly peer: string | null;
  /** Of what was received: into whose record it was put */
  readonly person: string | null;
  readonly name: string;
  readonly items: readonly string[];
  readonly urgent: boolean;
  readonly state: 'waiting' | 'sent' | 'acknowledged' | 'declined' | 'revoked';
  readonly due_on: string;
  readonly reason: string | null;
  readonly late: boolean;
  readonly at: number;
}

export interface TransferList {
  readonly transfers: readonly TransferRow[];
  readonly rates: { readonly asked: number; readonly sent: number; readonly received: number; readonly answered: number; readonly in_time: number };
  readonly mark: string;
}

export interface TransferContent {
  readonly name: string;
  readonly lines: readonly { readonly zh: string; readonly on: string; readonly clinical: boolean; readonly answers: readonly { readonly zh: string; readonly key: string; readonly value: string }[] | null }[];
  /** SHA-256 of exactly this content */
  readonly seen: string;
}

export interface TransferPlace {
  readonly code: string;
  readonly name: string;
  readonly server: string | null;
}
