/** What went to the town sealed while the store was closed is told as a receipt of its own, once. */
import { commitNews } from './commit';
import type { Core } from './core';
import { withReceipt } from './sending';

export async function noteDelivered(core: Core): Promise<void> {
  const told = core.news.value.receipts[0]?.at ?? 0;
  const taken = core.locals.value.flatMap(({ carried, state, at = 0 }) => (carried && state !== 'out' && at > told ? [at] : []));
  if (taken.length > 0) await commitNews(core, withReceipt(core, { at: Math.max(...taken), count: taken.length }));
}
