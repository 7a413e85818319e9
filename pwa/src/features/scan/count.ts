/** How many cards were held out today: a number for her own eyes, on this phone, gone tomorrow. No card is remembered by it. */
import type { Drafts } from '../../store/api';

const KEY = 'scan:count';

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
