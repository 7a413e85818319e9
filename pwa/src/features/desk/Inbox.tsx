/** What waits for a decision: both values side by side, one tap each, and each decision can be taken back. */
import { useState } from 'preact/hooks';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Link } from '../../ui/link';
import { Icon, Mark, Note } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { sayDeskCode } from './deskCodes';
import { Item } from './Item';
import { step, useKeys } from './keys';
import { sayDecision, sayItem, sayItemKind } from './items';
import { Asked, Head } from './parts';
import { ask, useDesk, useGet, type Inbox, type InboxItem } from './wire';
import { W } from './words';

/** Arrows choose an item, digits a value, U takes the last one back; not while something is typed. */
function useInboxKeys(items: readonly InboxItem[], at: number, on: { at: (at: number) => void; pick: (choice: string) => void; undo: () => void }): void {
  const { shortcuts } = useDesk();
  useKeys((key) => {
    const to = step(key, at, items.length);
    const choice = shortcuts ? items[at]?.choices[Number(key) - 1] : undefined;
    if (to !== null) on.at(to);
    else if (choice) on.pick(choice);
    else if (shortcuts && (key === 'u' || key === 'U')) on.undo();
    else return false;
    return true;
  });
}

function List({ items, at, onAt }: { items: readonly InboxItem[]; at: number; onAt: (at: number) => void }) {
  const t = useT();
  return (
    <nav class="card" aria-label={t(W.inbox)}>
      {items.map((item, i) => (
        <button class="row item" type="button" key={item.id} aria-current={i === at ? 'true' : undefined} onClick={() => onAt(i)}>
          <Mark at={item.decision ? 'town' : 'ask'} /><span class="grow"><b>{sayItem(t, item)}</b><p>{sayItemKind(t, item)}</p></span>
        </button>
      ))}
    </nav>
  );
}

type Last = { at: 'none' } | { at: 'done'; item: InboxItem; choice: string } | { at: 'failed'; code: string };

function LastDecision({ last, onUndo }: { last: Last; onUndo: (item: InboxItem) => void }) {
  const t = useT();
  if (last.at === 'none') return null;
  if (last.at === 'failed') return <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, last.code)}</Note>;
  return (
    <Note tone="ok" icon="tick" role="status">
      <div class="flex">
        <span class="grow">{last.choice === 'undo' ? t(W.undone) : t(W.decided, { what: sayDecision(t, last.item, last.choice) })}</span>
        {last.choice === 'undo' ? null : <button class="btn bare" type="button" onClick={() => onUndo(last.item)}><Icon name="undo" />{t(W.undo)} <kbd>U</kbd></button>}
      </div>
    </Note>
  );
}

function Both({ items, onDecide, last }: { items: readonly InboxItem[]; onDecide: (item: InboxItem, choice: string) => void; last: Last }) {
  const t = useT();
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, items.length - 1);
  const item = items[at];
  const undo = (): void => { if (last.at === 'done' && last.choice !== 'undo') onDecide(last.item, 'undo'); };
  useInboxKeys(items, at, { at: setChosen, pick: (choice) => { if (item) onDecide(item, choice); }, undo });
  const said = <LastDecision last={last} onUndo={(one) => onDecide(one, 'undo')} />;
  if (!item) return <>{said}<Empty icon="tick"><b>{t(W.nothing)}</b><p>{t(W.nothingHint)}</p></Empty></>;
  return (
    <div class="inbox">
      <List items={items} at={at} onAt={setChosen} />
      <section class="stack">{said}<Item item={item} onDecide={(choice) => onDecide(item, choice)} /></section>
    </div>
  );
}

export function InboxPage() {
  const t = useT();
  const { transport, count } = useDesk();
  const { router } = useApp();
  const decided = router.place.value.query.get('state') === 'decided';
  const [answer, again] = useGet<Inbox>(ask('/api/inbox', { state: decided ? 'decided' : 'open' }));
  const [last, setLast] = useState<Last>({ at: 'none' });
  const decide = (item: InboxItem, choice: string): void => {
    transport.post(`/api/inbox/${item.id}/decide`, { choice }).then(
      () => { setLast({ at: 'done', item, choice }); again(); count(); },
      (error: unknown) => setLast({ at: 'failed', code: codeOf(error) }),
    );
  };
  const total = answer.at === 'here' ? answer.value.total : 0;
  return (
    <>
      <Head help="inbox" title={t(decided ? W.decidedOnes : W.inbox)} sub={decided || answer.at !== 'here' ? undefined : t(W.inboxSub, { n: total })}>
        <span class="soft hint-keys"><kbd>↑</kbd> <kbd>↓</kbd> {t(W.keys)}　<kbd>1</kbd> <kbd>2</kbd> {t(W.keysPick)}　<kbd>U</kbd> {t(W.undo)}</span>
        <Link class="btn" to={decided ? '/desk/inbox' : '/desk/inbox?state=decided'}>{t(decided ? W.waitingOnes : W.decidedOnes)}</Link>
      </Head>
      <Asked answer={answer} again={again}>{({ items }) => <Both items={items} onDecide={decide} last={last} />}</Asked>
    </>
  );
}
