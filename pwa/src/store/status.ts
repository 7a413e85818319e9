/** What she is told about sync: one value, made from what the store holds. Pure. */
import type { SyncState, SyncStatus } from './api';
import type { MirrorState, News } from './core';
import type { Local } from './outbox';

export function statusOf(sync: SyncState, locals: readonly Local[], state: MirrorState, news: News, persisted?: boolean): SyncStatus {
  const out = locals.filter((local) => local.state === 'out');
  const status: SyncStatus = {
    state: sync,
    unsent: out.length,
    receipts: news.receipts,
    parked: locals.flatMap(asks),
    feeds: Object.values(state.feeds).map(({ area, audience, name, freshAt }) => ({ area, audience, name, freshAt })),
    notices: news.notices,
  };
  const [last] = news.receipts;
  if (out.length) status.oldestUnsent = Math.min(...out.map((local) => local.event.t));
  if (last) status.lastReceipt = last;
  if (news.offset !== undefined) status.clockOffset = news.offset;
  if (persisted !== undefined) status.persisted = persisted;
  return status;
}

/** Parked and forked events, and fields of which the server keeps two values. */
function asks({ event, state, flags = [] }: Local): SyncStatus['parked'] {
  const { id, person, household } = event;
  const about = { id, ...(person ? { person } : {}), ...(household ? { household } : {}) };
  if (state === 'fork') return [{ code: 'fork', ...about }];
  if (state === 'parked') return [{ code: flags[0] ?? 'parked', ...about }];
  return flags.filter((flag) => flag.startsWith('conflict:')).map((code) => ({ code, ...about }));
}
