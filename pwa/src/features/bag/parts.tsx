/** What the pages of the bag have in common: a number to count up and down, a lot that the book does not name, and saving once. */
import { useState } from 'preact/hooks';
import { sayMonth } from '../../i18n/days';
import type { NewRecord, Value } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { numberOf } from '../../ui/decimals';
import { Icon, Note } from '../../ui/signs';
import type { LotLine } from './counting';
import { items, sayItem } from './items';
import { L } from './lineWords';

/** As it stands in the field: a number, or text that is none. */
export type Typed = Value | undefined;

export const isPieces = (typed: Typed): typed is number => typeof typed === 'number' && typed >= 0;
const stepOf = (item: string): number => (item === 'condom' ? 10 : 1);

export function Pieces({ line, label, typed, onTyped }: { line: LotLine; label: string; typed: Typed; onTyped: (typed: Typed) => void }) {
  const t = useT();
  const step = stepOf(line.item);
  const now = isPieces(typed) ? typed : 0;
  return (
    <div class="count card">
      <button class="btn bare" type="button" aria-label={t(L.fewer, { n: step })} disabled={now <= 0} onClick={() => onTyped(Math.max(0, now - step))}><Icon name="minus" /></button>
      <input class="amount" inputMode="numeric" autocomplete="off" aria-label={label} value={typeof typed === 'number' || typeof typed === 'string' ? typed : ''} onInput={(e) => onTyped(numberOf(e.currentTarget.value.trim()))} />
      <button class="btn bare" type="button" aria-label={t(L.more, { n: step })} onClick={() => onTyped(now + step)}><Icon name="plus" /></button>
    </div>
  );
}

/** Item, lot and month of expiry in a line. */
export function LotName({ line }: { line: LotLine }) {
  const t = useT();
  const { today } = useApp();
  const parts = [line.lot ? t(L.lotOf, { lot: line.lot }) : t(L.noLot), line.expiry ? t(L.until, { month: sayMonth(t, line.expiry.slice(0, 7), today.value) }) : ''];
  return <><b>{sayItem(t, line.item)}</b> <small class="soft">{parts.filter(Boolean).join(' ')}</small></>;
}

/** A lot that she has in her hand and the book does not know. */
export function AnotherLot({ onLine }: { onLine: (line: LotLine) => void }) {
  const t = useT();
  const [line, setLine] = useState<LotLine>({ item: '', lot: '', expiry: '' });
  const add = (): void => {
    if (line.item === '') return;
    onLine({ ...line, lot: line.lot.trim() });
    setLine({ item: '', lot: '', expiry: '' });
  };
  return (
    <details class="card">
      <summary>{t(L.another)}</summary>
      <div class="stack">
        <label class="field"><span>{t(L.item)}</span>
          <select value={line.item} onChange={(e) => setLine({ ...line, item: e.currentTarget.value })}><option value="">{t(L.choose)}</option>{items().map(({ code }) => <option key={code} value={code}>{sayItem(t, code)}</option>)}</select>
        </label>
        <label class="field"><span>{t(L.lot)}</span><input value={line.lot} maxLength={40} autocomplete="off" onInput={(e) => setLine({ ...line, lot: e.currentTarget.value })} /></label>
        <label class="field"><span>{t(L.expiry)}</span><input type="date" value={line.expiry} onInput={(e) => setLine({ ...line, expiry: e.currentTarget.value })} /></label>
        <button class="btn" type="button" disabled={line.item === ''} onClick={add}><Icon name="plus" />{t(L.add)}</button>
      </div>
    </details>
  );
}

/** Writes one record, once, and leads back to the bag. */
export function useSave(draft: string) {
  const t = useT();
  const { store } = useOpen();
  const { router } = useApp();
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const save = (record: NewRecord): void => {
    if (busy) return;
    setBusy(true);
    store.recordAll([record], draft).then(() => router.go('/bag?saved=1', 'replace'), (error: unknown) => { setCode(codeOf(error)); setBusy(false); });
  };
  return { busy, save, fault: code ? sayCode(t, code) : null };
}

/** What she began is kept, and there again after a kill. */
export function useKept<V extends Value>(key: string, begin: V): readonly [V, (next: V) => void] {
  const { store } = useOpen();
  const [kept, set] = useState<V>(() => (store.drafts.load(key) as V | undefined) ?? begin);
  const change = (next: V): void => {
    set(next);
    void store.drafts.save(key, next).catch(() => undefined);
  };
  return [kept, change];
}

interface FootProps {
  label: string;
  busy?: boolean;
  said: string | null;
  onPress: () => void;
}

/** The one thing to press, and what stands in its way. */
export function PressFoot({ label, busy = false, said, onPress }: FootProps) {
  const t = useT();
  return (
    <>
      {said ? <div class="pad"><Note tone="late" icon="warn" role="alert">{said}</Note></div> : null}
      <div class="bar"><button class="btn main wide" type="button" onClick={onPress}>{busy ? t(L.saving) : label}</button></div>
    </>
  );
}
