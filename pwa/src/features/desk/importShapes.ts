/** The shapes of an import from the desk. */

export interface RowRemark {
  readonly row: number;
  readonly code: string;
  readonly field: string;
}

export interface FoundInside {
  readonly sheet: string;
  readonly dated: string | null;
  readonly town: string | null;
  readonly households: number;
  readonly unknown_columns: readonly string[];
  readonly other_sheets: readonly string[];
  readonly villages: readonly { readonly name: string; readonly known: boolean; readonly new: number; readonly changed: number; readonly unchanged: number }[];
  readonly left_out: readonly RowRemark[];
  readonly doubts: readonly RowRemark[];
  readonly changes: readonly { readonly row: number; readonly fields: readonly string[] }[];
  readonly came?: { readonly taken: number; readonly unchanged: number; readonly conflicts: number; readonly not_written: number };
}

export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly made_at: number;
  readonly state: 'coming' | 'reading' | 'ready' | 'writing' | 'done' | 'refused' | 'dropped';
  readonly code: string | null;
  readonly done: number;
  readonly total: number;
  readonly found: FoundInside | null;
}
