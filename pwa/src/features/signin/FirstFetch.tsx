/** The first fetch of the lists: what is here and what is still coming, in bytes, not guessed; and the check mark to compare meanwhile. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { FeedStatus, SyncState } from '../../store/api';
import type { Session } from '../../sync/session';
import { useOpen, useT } from '../../ui/app';
import { sayCode } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { Icon, Mark, Note } from '../../ui/signs';
import { CheckMark, useMark } from './CheckMark';
import { W } from './words';

export interface Bytes {
  readonly done: number;
  readonly of: number;
}

/** All feeds that the town has named are whole: the first fetch is over. */
export function whole(feeds: readonly FeedStatus[], state: SyncState): boolean {
  return feeds.length > 0 && feeds.every((feed) => feed.freshAt > 0) && state.at !== 'receiving';
}

/** Kilobytes as they travel, never 0 of something. */
export const kilobytes = (bytes: number): number => Math.ceil(bytes / 1024);

/** What the line said last; a broken line takes nothing away. */
function useBytes(state: SyncState): Bytes | undefined {
  const last = useRef<Bytes | undefined>(undefined);
  if (state.at === 'receiving' && state.bytes) last.current = state.bytes;
  return last.current;
}

function Bar({ bytes, over }: { bytes: Bytes | undefined; over: boolean }) {
  const t = useT();
  const words = over ? t(W.all) : bytes ? t(W.bytes, { done: kilobytes(bytes.done), of: kilobytes(bytes.of) }) : t(W.waitingFeeds);
  const filled = over ? { value: 1, max: 1 } : bytes ? { value: bytes.done, max: bytes.of } : {};
  return (
    <li class="pad stack">
      <span class="flex"><Mark at={over ? 'town' : 'draft'} /><span>{words}</span></span>
      <progress class="progress" aria-label={t(W.first)} {...filled} />
    </li>
  );
}

function Steps({ bytes, over }: { bytes: Bytes | undefined; over: boolean }) {
  const t = useT();
  const bundles = [...useOpen().store.bundles.value.values()];
  const people = bundles.reduce((n, b) => n + b.persons.length, 0);
  return (
    <ul class="card">
      <li class="row slim"><Icon name="check" />{t(W.registered)}</li>
      <Bar bytes={bytes} over={over} />
      <li class="row slim"><Icon name="people" /><span role="status">{t(W.have, { households: bundles.length, people })}</span></li>
    </ul>
  );
}

function Stopped({ state }: { state: SyncState }) {
  const t = useT();
  const { engine } = useOpen();
  if (state.at !== 'stopped') return null;
  return (
    <>
      <Note tone="late" icon="warn" role="alert">{t(W.stopped, { why: sayCode(t, state.code) })}</Note>
      <button class="btn" type="button" onClick={() => void engine.sync()}>{t(W.again)}</button>
    </>
  );
}

interface FirstFetchProps {
  wanted: boolean;
  session: Session;
  children: ComponentChildren;
}

/** Stands before the pages until she has compared the mark and the list will do; afterwards it is never in the way. */
export function FirstFetch({ wanted, session, children }: FirstFetchProps) {
  const t = useT();
  const { store } = useOpen();
  const [waiting, setWaiting] = useState(wanted);
  const mark = useMark(session, wanted);
  const { feeds, state } = store.status.value;
  const over = whole(feeds, state);
  const bytes = useBytes(state);
  const nothingToDo = over && mark === undefined;
  useEffect(() => { if (nothingToDo) setWaiting(false); }, [nothingToDo]);
  if (!waiting || nothingToDo) return <>{children}</>;
  const begin = <div class="bar"><button class="btn main" type="button" onClick={() => setWaiting(false)}>{t(mark === undefined ? W.usable : W.same)}</button></div>;
  return (
    <Page title={t(W.first)} sub={t(over ? W.ready : W.firstWhy)} foot={over || store.bundles.value.size > 0 ? begin : undefined}>
      <Steps bytes={bytes} over={over} />
      {mark ? <CheckMark mark={mark} onOther={() => void session.signOut()} /> : null}
      <Stopped state={state} />
    </Page>
  );
}
