/** The main pages; the last tab is itself the badge, so unsent work shows on every one of them. */
import type { Word } from '../i18n/words';
import { useApp, useOpen, useT } from './app';
import { useDue, waitingNow } from './due';
import { Link } from './link';
import { Icon, Mark } from './signs';

const W = {
  main: ['主要页面', 'Main pages'],
  today: ['今日', 'Today'],
  people: ['人员', 'People'],
  scan: ['扫卡', 'Scan'],
  sync: ['同步', 'Sync'],
  unsent: ['未发 {n}', '{n} unsent'],
  todo: ['件待办', 'to do'],
  ask: ['要看一眼', 'look'],
  never: ['不外发', 'not sent'],
} as const satisfies Record<string, Word>;

export type TabName = 'today' | 'people' | 'scan' | 'sync';

/** Beyond this the number says no more. */
const MOST = 99;

function SyncTab({ current }: { current: boolean }) {
  const t = useT();
  const { unsent, parked } = useOpen().store.status.value;
  const practising = useApp().practice.on.value !== null;
  const at = practising ? 'here' : parked.length > 0 ? 'ask' : unsent > 0 ? 'here' : 'town';
  const words = practising ? t(W.never) : parked.length > 0 ? t(W.ask) : unsent > 0 ? t(W.unsent, { n: unsent }) : t(W.sync);
  return <Link to="/sync" aria-current={current ? 'page' : undefined}><Mark at={at} />{words}</Link>;
}

export function Tabs({ on }: { on: TabName }) {
  const t = useT();
  const todo = waitingNow(useDue());
  return (
    <nav class="tabs n4" aria-label={t(W.main)}>
      <Link to="/" aria-current={on === 'today' ? 'page' : undefined}>
        <Icon name="today" />{t(W.today)}{todo > 0 ? <b class="dot">{todo > MOST ? `${MOST}+` : todo}<span class="sr"> {t(W.todo)}</span></b> : null}
      </Link>
      <Link to="/people" aria-current={on === 'people' ? 'page' : undefined}><Icon name="people" />{t(W.people)}</Link>
      <Link to="/scan" aria-current={on === 'scan' ? 'page' : undefined}><Icon name="scan" />{t(W.scan)}</Link>
      <SyncTab current={on === 'sync'} />
    </nav>
  );
}
