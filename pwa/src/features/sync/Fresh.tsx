/** How fresh each village is on this phone: the oldest of its feeds speaks. */
import { sayHour } from '../../i18n/days';
import type { FeedStatus } from '../../store/api';
import { useApp, useT } from '../../ui/app';
import { W } from './words';

export interface Freshness {
  readonly area: string;
  readonly name: string;
  /** ms, 0 while something of it is still coming */
  readonly at: number;
}

/** One line an area, in the order the feeds came (the register's order); reference feeds have no area of their own. */
export function freshness(feeds: readonly FeedStatus[]): Freshness[] {
  const found = new Map<string, Freshness>();
  for (const { area, name, freshAt } of feeds) {
    if (!/^\d+$/.test(area)) continue;
    const before = found.get(area);
    found.set(area, { area, name: before?.name ?? name, at: before ? Math.min(before.at, freshAt) : freshAt });
  }
  return [...found.values()];
}

export function Fresh({ feeds }: { feeds: readonly FeedStatus[] }) {
  const t = useT();
  const { today } = useApp();
  return (
    <>
      <h2>{t(W.fresh)}</h2>
      <ul class="card">
        {freshness(feeds).map(({ area, name, at }) => (
          <li class="row slim wrap" key={area}>
            <b class="grow">{name}</b>
            {at > 0 ? <span>{sayHour(t, at, today.value)}</span> : <span class="late">{t(W.coming)}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
