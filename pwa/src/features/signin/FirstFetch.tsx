/** The first fetch of the lists: what is here and what is still coming, counted, not guessed. */
import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { FeedStatus, SyncState } from '../../store/api';
import { useOpen, useT } from '../../ui/app';
import { sayCode } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { Icon, Mark, Note } from '../../ui/signs';
import { W } from './words';

/** Whole feeds of all that the town has named; both are counted, so the bar never runs ahead. */
export function fetched(feeds: readonly FeedStatus[]): { done: number; all: number } {
  return { done: feeds.filter((feed) => feed.freshAt > 0).length, all: feeds.length };
}

/** All named feeds are whole: the first fetch is over. */
export function whole(feeds: readonly FeedStatus[], state: SyncState): boolean {
  const { done, all } = fetched(feeds);
  return all > 0 && done === all && state.at !== 'receiving';
}

function Steps({ feeds }: { feeds: readonly FeedStatus[] }) {
  const t = useT();
  const { store } = useOpen();
  const { done, all } = fetched(feeds);
  const bundles = [...store.bundles.value.values()];
  const people = bundles.reduce((n, b) => n + b.persons.length, 0);
  return (
    <>
      <ul class="card">
        <li class="row slim"><Icon name="check" />{t(W.registered)}</li>
        <li class="row slim"><Mark at={all > 0 && done === all ? 'town' : 'draft'} />{all > 0 ? t(W.feeds, { done, all }) : t(W.waitingFeeds)}</li>
        <li class="row slim"><Icon name="people" /><span role="status">{t(W.have, { households: bundles.length, people })}</span></li>
      </ul>
      <progress class="progress" max={Math.max(all, 1)} value={done} aria-label={t(W.first)} />
    </>
  );
}

/** Stands before the pages until the list is whole or she says it will do; afterwards it is never in the way. */
export function FirstFetch({ wanted, children }: { wanted: boolean; children: ComponentChildren }) {
  const t = useT();
  const { store, engine } = useOpen();
  const [waiting, setWaiting] = useState(wanted);
  const { feeds, state } = store.status.value;
  const over = !waiting || whole(feeds, state);
  useEffect(() => { if (over) setWaiting(false); }, [over]);
  if (over) return <>{children}</>;
  const begin = <div class="bar"><button class="btn main" type="button" onClick={() => setWaiting(false)}>{t(W.usable)}</button></div>;
  return (
    <Page title={t(W.first)} sub={t(W.firstWhy)} foot={store.bundles.value.size > 0 ? begin : undefined}>
      <Steps feeds={feeds} />
      {state.at === 'stopped' ? (
        <>
          <Note tone="late" icon="warn" role="alert">{t(W.stopped, { why: sayCode(t, state.code) })}</Note>
          <button class="btn" type="button" onClick={() => void engine.sync()}>{t(W.again)}</button>
        </>
      ) : null}
    </Page>
  );
}
