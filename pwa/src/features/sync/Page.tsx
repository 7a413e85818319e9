/** What waits, what the town has, what needs her, how fresh each village is. Success is only ever a receipt. */
import { useState } from 'preact/hooks';
import { sayHour } from '../../i18n/days';
import type { SyncStatus } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { sayCode } from '../../ui/codes';
import { inDoubt } from '../../ui/doubt';
import { Page } from '../../ui/frame';
import { lazy } from '../../ui/lazy';
import { LeavePractice } from '../../ui/practice';
import { Icon, Mark, Note } from '../../ui/signs';
import { Tabs } from '../../ui/tabs';
import { Fresh } from './Fresh';
import { sayOff } from './off';
import { NOTICES, W } from './words';

/** Codes that only she can mend, with the words on the button. */
const HERS: Readonly<Record<string, 'signIn' | 'registerAgain'>> = {
  not_signed_in: 'signIn', fork: 'registerAgain', store_emptied: 'registerAgain', wrong_store: 'registerAgain',
};

const Parked = lazy(() => import('./Parked').then((m) => m.Parked), () => null);


function useStateLine({ state }: SyncStatus): string {
  const t = useT();
  if (state.at === 'sending') return t(W.sending, { n: state.left });
  if (state.at === 'receiving') return t(W.receiving, { n: state.done });
  if (state.at === 'stopped') return t(state.code === 'offline' ? W.offline : W.halted);
  return t(W.idle);
}

function Waiting({ status }: { status: SyncStatus }) {
  const t = useT();
  const { today } = useApp();
  if (status.unsent === 0) return <section class="card pad"><h2 class="lead3"><Mark at="town" /> {t(W.none)}</h2></section>;
  return (
    <section class="card pad stack">
      <h2 class="lead3"><Mark at="here" /> {t(W.waiting, { n: status.unsent })}</h2>
      {status.oldestUnsent === undefined ? null : <p class="soft small">{t(W.oldest, { when: sayHour(t, status.oldestUnsent, today.value) })}</p>}
    </section>
  );
}

function Received({ status }: { status: SyncStatus }) {
  const t = useT();
  const { today } = useApp();
  return (
    <>
      <h2>{t(W.received)}</h2>
      {status.receipts.length === 0 ? <p class="card pad soft">{t(W.noneYet)}</p> : (
        <ul class="card">{status.receipts.map((receipt) => (
          <li class="row slim spread" key={receipt.at}><Mark at="town" /><span class="nb">{sayHour(t, receipt.at, today.value)}</span><span class="last">{t(W.count, { n: receipt.count })}</span></li>
        ))}</ul>
      )}
    </>
  );
}

function Remarks({ status }: { status: SyncStatus }) {
  const t = useT();
  const { now } = useApp();
  const off = status.clockOffset ?? 0;
  const soon = status.state.at === 'stopped' && status.state.retryAt > now() ? status.state.retryAt : 0;
  const { today } = useApp();
  return (
    <>
      {status.state.at === 'stopped' && status.state.code !== 'offline' ? (
        <Note tone="late" icon="warn" role="status">{t(W.stopped, { why: sayCode(t, status.state.code) })}
          {soon > 0 ? <><br /><small>{t(W.retryAt, { hour: sayHour(t, soon, today.value) })}</small></> : null}
        </Note>
      ) : null}
      {inDoubt(status) ? <Note tone="late" icon="clock">{t(W.clock, { off: sayOff(t, off) })}</Note> : null}
      {status.notices.map(({ code, at }) => <p class="small soft" key={`${code}${at}`}>{sayHour(t, at, today.value)}　{NOTICES[code] ? t(NOTICES[code]) : code}</p>)}
    </>
  );
}

/** Send now; or, where only she can mend it, the way to do so. */
function SendBar({ status, onSignIn }: { status: SyncStatus; onSignIn: () => void }) {
  const t = useT();
  const { router } = useApp();
  const { engine } = useOpen();
  const [busy, setBusy] = useState(false);
  const send = (): void => {
    setBusy(true);
    void engine.sync().then(() => setBusy(false), () => setBusy(false));
  };
  const hers = status.state.at === 'stopped' ? HERS[status.state.code] : undefined;
  return (
    <div class="bar">
      {hers ? <button class="btn main" type="button" onClick={hers === 'signIn' ? onSignIn : () => router.go('/register')}>{t(W[hers])}</button> : (
        <button class="btn main" type="button" disabled={busy} onClick={send}><Icon name="send" />{t(busy ? W.busy : W.now)}</button>
      )}
    </div>
  );
}

/** Practice knows no line: what is waiting here stays here. */
function PracticePage({ status }: { status: SyncStatus }) {
  const t = useT();
  return (
    <Page title={t(W.title)} sub={t(W.practice)} foot={<><div class="bar"><LeavePractice /></div><Tabs on="sync" /></>}>
      <section class="card pad"><h2 class="lead3"><Mark at="here" /> {t(W.practised, { n: status.unsent })}</h2></section>
      <p class="soft">{t(W.practiceWhy)}</p>
    </Page>
  );
}

export function SyncPage({ onSignIn }: { onSignIn: () => void }) {
  const t = useT();
  const status = useOpen().store.status.value;
  const line = useStateLine(status);
  if (useApp().practice.on.value) return <PracticePage status={status} />;
  return (
    <Page title={t(W.title)} sub={<span role="status">{line}</span>} foot={<><SendBar status={status} onSignIn={onSignIn} /><Tabs on="sync" /></>}>
      <Waiting status={status} />
      <Remarks status={status} />
      {status.parked.length > 0 ? <Parked parked={status.parked} /> : null}
      <Received status={status} />
      <Fresh feeds={status.feeds} />
    </Page>
  );
}
