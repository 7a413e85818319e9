/** How many cards were held out today, for her own eyes; and which, until the town has been told (sync/scans). */
import type { Drafts } from '../../store/api';

const KEY = 'scan:count';
const TOLD = 'scan:told';
const MOST = 500;

export function countOf(drafts: Drafts, today: string): number {
  const kept = drafts.load(KEY);
  if (kept === null || typeof kept !== 'object' || Array.isArray(kept)) return 0;
  return kept.day === today && typeof kept.n === 'number' ? kept.n : 0;
}

export async function countOne(drafts: Drafts, today: string): Promise<number> {
  const n = countOf(drafts, today) + 1;
  await drafts.save(KEY, { day: today, n });
  return n;
}

/** Kept sealed until the next sync: the card and when, not where nor by whom. */
export async function keepScan(drafts: Drafts, card: string, at: number): Promise<void> {
  const kept = drafts.load(TOLD);
  await drafts.save(TOLD, [...(Array.isArray(kept) ? kept : []), { card, at }].slice(-MOST));
}
