/** What went to the town sealed while the store was closed is told as a receipt of its own, once. */
import type { Receipt } from './api';
import { commitNews } from './commit';
import type { Core, News } from './core';

export async function noteDelivered(core: Core): Promise<void> {
  const told = core.news.value.receipts[0]?.at ?? 0;
  const taken = core.locals.value.flatMap(({ carried, state, at = 0 }) => (carried && state !== 'out' && at > told ? [at] : []));
  if (taken.length > 0) await commitNews(core, withReceipt(core, { at: Math.max(...taken), count: taken.length }));
}

/** Receipts of one run add up to one line. */
export function withReceipt(core: Core, receipt: Receipt): News {
  const { receipts } = core.news.value;
  if (receipt.count === 0) return core.news.value;
  const [last, ...older] = receipts;
  const next = last?.at === receipt.at ? [{ ...last, count: last.count + receipt.count }, ...older] : [receipt, ...receipts];
  return { ...core.news.value, receipts: next.slice(0, 10) };
}
