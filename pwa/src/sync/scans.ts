/** Tells the town which cards were held out: a day's count there, and one card in two townships at once is seen. */
import type { Drafts } from '../store/api';
import type { Transport } from './transport';

/** As features/scan keeps them; `now`: this phone's clock, ms. What was scanned meanwhile stays for the next time. */
export async function tellScans(drafts: Drafts, key: string, transport: Transport, now: number): Promise<void> {
  const kept = drafts.load(key);
  if (!Array.isArray(kept)) return;
  await transport.post('/api/cards/scans', { now, scans: kept });
  const all = drafts.load(key);
  const left = Array.isArray(all) ? all.filter((scan) => !kept.includes(scan)) : [];
  await (left.length > 0 ? drafts.save(key, left) : drafts.drop(key));
}
