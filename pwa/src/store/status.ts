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
    parked: locals.filter((local) => local.state === 'parked' || local.state === 'fork').map(parkedOf),
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

function parkedOf({ event, state, flags }: Local): SyncStatus['parked'][number] {
  const { id, person, household } = event;
  return { id, code: state === 'fork' ? 'fork' : (flags?.[0] ?? 'parked'), ...(person ? { person } : {}), ...(household ? { household } : {}) };
}
