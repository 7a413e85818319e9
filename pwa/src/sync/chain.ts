/** The proof that a feed has no hole: dense numbers, and a hash chain that ends where the server says. Pure but for hashing. */
import { b64, join, sha256, unb64, utf8 } from '../store/bytes';
import type { Row } from '../store/wire';

export interface Head {
  q: number;
  h: string;
}
export interface Checked {
  /** rows not had before, in order */
  rows: Row[];
  /** feeds that moved */
  heads: { [f: string]: Head };
  /** feeds with a hole, or whose chain is not the server's */
  broken: string[];
}

/**
 * `at` is where each feed stands; `promised` where the server says it ends. A row had before is passed over (an answer may
 * come twice); a number that is missing breaks its feed. `whole`: nothing more is to come, so the promises must be met.
 */
export async function checkRows(rows: readonly Row[], at: { [f: string]: Head }, promised: { [f: string]: [number, string] }, whole: boolean): Promise<Checked> {
  const heads: { [f: string]: Head } = {};
  const kept: Row[] = [];
  const broken = new Set<string>();
  for (const row of rows) {
    const head = heads[row.f] ?? at[row.f];
    if (!head || row.q > head.q + 1) broken.add(row.f);
    if (!head || row.q !== head.q + 1 || broken.has(row.f)) continue;
    heads[row.f] = { q: row.q, h: await nextLink(head.h, row) };
    kept.push(row);
  }
  for (const [f, [seq, h]] of Object.entries(promised)) {
    const head = heads[f] ?? at[f];
    const met = head?.q === seq ? head.h === h : head !== undefined && (head.q > seq || !whole);
    if (!met) broken.add(f);
  }
  return { rows: kept, heads, broken: [...broken] };
}

/** h_n = SHA-256(h_{n-1} ‖ id ‖ digest)[:8], base64url. */
async function nextLink(h: string, row: Row): Promise<string> {
  return b64((await sha256(join(unb64(h), utf8(row.id), unb64(row.digest)))).slice(0, 8));
}
