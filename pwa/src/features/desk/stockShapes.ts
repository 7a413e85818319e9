/** What the server answers about stock; days "YYYY-MM-DD". */

export interface StockLot {
  readonly point: string;
  readonly item: string;
  readonly lot: string;
  readonly expiry: string;
}
export interface StockRow extends StockLot {
  /** may be below 0 */
  readonly usable: number;
  readonly set_aside: number;
  readonly state: 'expired' | 'urgent' | 'soon' | null;
}
export interface StockOdd extends StockLot {
  readonly kind: 'count' | 'way' | 'again';
  readonly record: string;
  readonly on: string;
  readonly book: number;
  readonly counted: number;
}
export interface StockFigure {
  readonly item: string;
  readonly balance: number;
  readonly received: number;
  readonly handed_out: number;
  readonly months: string | null;
  /** handed out in the days of mean use; `needed` at that use, `good` there and not expired, `wanted` to order */
  readonly used: number;
  readonly needed: number;
  readonly good: number;
  readonly wanted: number;
  readonly cyp: string | null;
  readonly without_days: number;
  readonly point_days: number;
  readonly expired: number;
  readonly accuracy: string | null;
}
/** Issued and not received yet. */
export interface OnTheWay {
  readonly record: string;
  readonly number: string;
  readonly on: string;
  readonly from_place: string | null;
  readonly to_place: string;
  readonly lines: MovedRow['lines'];
  /** return: given back by a phone, and not counted here yet */
  readonly movement: 'out' | 'return';
  /** the square on its sheet: modules a side, and the dark ones as an SVG path */
  readonly code: { readonly side: number; readonly path: string };
}
export interface StockShown {
  readonly area: string;
  readonly on: string;
  /** code → name */
  readonly points: Readonly<Record<string, string>>;
  readonly rows: readonly StockRow[];
  readonly odd: readonly StockOdd[];
  readonly on_the_way: readonly OnTheWay[];
  readonly figures: readonly StockFigure[];
  /** where the days of mean use and the months of an order come from */
  readonly sources: { readonly use: string; readonly order: string };
}
export interface Recalled {
  readonly people: readonly { readonly person: string; readonly name: string; readonly phone: string; readonly area: string; readonly number: string | null; readonly on: string; readonly qty: number }[];
  readonly unnamed: number;
  readonly held: readonly { readonly point: string; readonly usable: number }[];
}

/** What moved an item; `given` is a hand-out in a visit, whose receiver is not named. */
export interface MovedRow {
  readonly record: string;
  readonly on: string;
  readonly movement: Movement | 'given' | null;
  readonly from_place: string | null;
  readonly to_place: string | null;
  readonly author: string;
  /** written at the desk, so it can be taken back there */
  readonly desk: boolean;
  readonly lines: readonly { readonly item: string; readonly lot: string; readonly expiry: string; readonly qty: number }[];
}
export interface MovedRows {
  readonly rows: readonly MovedRow[];
  readonly points: Readonly<Record<string, string>>;
  /** handed out among all of these */
  readonly pieces: number;
  readonly next: number | null;
  readonly total: number;
}

export type Movement = 'in' | 'out' | 'return' | 'count' | 'damage' | 'destroy';
