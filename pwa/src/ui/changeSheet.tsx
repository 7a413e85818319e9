/** One change: what was set, by whom, and the way back. */
import { useState } from 'preact/hooks';
import type { Word } from '../i18n/words';
import type { Change } from '../store/api';
import { useOpen, useT } from './app';
import { Below, useSaid, type About } from './changes';
import { codeOf, sayCode } from './codes';
import { sayChange, wayBack } from './said';
import { Sheet } from './sheet';
import { Icon, Note } from './signs';

const W = {
  title: ['谁改过', 'Who changed what'],
  undo: ['撤回', 'Undo'],
  restore: ['改回去', 'Change it back'],
  undoHint: ['还没发出去，撤回就当没改过。', 'It was not sent yet; undone, it never happened.'],
  restoreHint: ['会再记一次改动，改回原来的。', 'One more change is recorded that sets the old value.'],
  clashHint: ['两个都留着，站里会来定。你不用做什么。', 'Both are kept and the station decides. There is nothing you must do.'],
  seen: ['知道了', 'Seen'],
  close: ['关上', 'Close'],
} as const satisfies Record<string, Word>;

const HINTS = { undo: W.undoHint, restore: W.restoreHint } as const;

export function ChangeSheet({ change, type, id, current, onClose }: About & { change: Change; onClose: () => void }) {
  const t = useT();
  const { store } = useOpen();
  const said = useSaid();
  const [code, setCode] = useState<string | null>(null);
  const way = wayBack(change, current);
  const act = (done: Promise<unknown>): void => void done.then(onClose, (error: unknown) => setCode(codeOf(error)));
  const goBack = (): void => act(way === 'undo' ? store.undo(change.id) : store.patch(type, id, change.was ?? {}));
  const hint = change.clashes ? W.clashHint : way && HINTS[way];
  return (
    <Sheet title={t(W.title)} onClose={onClose}>
      {sayChange(t, said, type, change).map((line) => <p key={line}><b>{line}</b></p>)}
      <div class="small soft"><Below change={change} /></div>
      {hint ? <p class="small soft">{t(hint)}</p> : null}
      {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
      <div class="pair">
        <button class="btn" type="button" onClick={onClose}>{t(W.close)}</button>
        {way ? <button class="btn main" type="button" onClick={goBack}><Icon name="undo" />{t(W[way])}</button> : null}
        {change.clashes ? <button class="btn main" type="button" onClick={() => act(store.dismiss(change.id))}>{t(W.seen)}</button> : null}
      </div>
    </Sheet>
  );
}
