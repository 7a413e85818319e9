/** Whether her list is on this phone: it may hold nobody yet, as a liaison's does on her first day. */
import type { FeedStatus } from '../store/api';
import { useOpen } from './app';

/** All that she gets has come once, people or none. */
export const allCame = (feeds: readonly FeedStatus[]): boolean =>
  feeds.some((feed) => feed.freshAt > 0) && !feeds.some((feed) => feed.audience === 'common' && feed.freshAt === 0);

export function useListed(): boolean {
  const { store } = useOpen();
  return store.bundles.value.size > 0 || allCame(store.status.value.feeds);
}
