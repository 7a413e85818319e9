/** What a worker carries, line by line: written whole each time, and set back to what stood before with one button. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BagLine } from '../../store/api';
import { sayHour } from '../../i18n/days';
import { both } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Note } from '../../ui/signs';
import { fresh, isChanged, items, linesOf, MOST_LINES, MOST_PIECES, rowsOf, unitOf, type BagRow } from './bagRows';
import { sayDeskCode } from './deskCodes';
import { Asked } from './parts';
import { useDesk, useGet, type BagShown } from './wire';
import { B } from './bagWords';

interface LineProps {
  row: BagRow;
  nth: number;
  onRow: (row: BagRow) => void;
  onGone: () => void;
}

function Expired({ expiry }: { expiry: string }) {
  const t = useT();
  const { today } = useApp();
  return expiry !== '' && expiry <= today.value ? <p class="soft" role="status">{t(B.expired)}</p> : null;
}

function Line({ row, nth, onRow, onGone }: LineProps) {
  const t = useT();
  const unit = unitOf(row.item);
  return (
    <fieldset class="bag-line" aria-label={t(B.nth, { n: nth })}>
      <label class="field"><span>{t(B.item)}</span>
        <select data-item value={row.item} onChange={(e) => onRow({ ...row, item: e.currentTarget.value })}>{items().map((one) => <option key={one.code} value={one.code}>{t(both(one))}</option>)}</select>
      </label>
      <label class="field"><span>{t(B.lot)}</span><input required maxLength={40} autocomplete="off" value={row.lot} onInput={(e) => onRow({ ...row, lot: e.currentTarget.value })} /></label>
      <label class="field"><span>{t(B.expiry)}</span><input type="date" required value={row.expiry} onInput={(e) => onRow({ ...row, expiry: e.currentTarget.value })} /></label>
      <label class="field"><span>{unit ? t(B.qtyOf, { unit: t(both(unit)) }) : t(B.qty)}</span><input type="number" required min={0} max={MOST_PIECES} step={1} inputmode="numeric" value={row.qty} onInput={(e) => onRow({ ...row, qty: e.currentTarget.value })} /></label>
      <button class="btn bare" type="button" aria-label={t(B.dropNth, { n: nth })} onClick={onGone}>{t(B.drop)}</button>
      <Expired expiry={row.expiry} />
    </fieldset>
  );
}

type Told = { at: 'none' } | { at: 'failed'; code: string } | { at: 'kept' | 'back'; before: readonly BagLine[] };

/** Posts whole lists and remembers what stood before, so that a save can be taken back, and so can that. */
function useBag(worker: string, first: readonly BagLine[]) {
  const { transport } = useDesk();
  const [saved, setSaved] = useState(first);
  const [rows, setRows] = useState<readonly BagRow[]>(() => rowsOf(first));
  const [told, setTold] = useState<Told>({ at: 'none' });
  const write = (lines: readonly BagLine[], at: 'kept' | 'back'): void => {
    transport.post<BagShown>(`/api/workers/${worker}/bag`, { lines }).then(
      (answer) => { setTold({ at, before: saved }); setSaved(answer.lines); setRows(rowsOf(answer.lines)); },
      (error: unknown) => setTold({ at: 'failed', code: codeOf(error) }),
    );
  };
  const change = (next: readonly BagRow[]): void => { setRows(next); setTold({ at: 'none' }); };
  return { rows, change, told, changed: isChanged(rows, saved), save: () => write(linesOf(rows), 'kept'), back: (lines: readonly BagLine[]) => write(lines, 'back') };
}

function Said({ told, onBack }: { told: Told; onBack: (lines: readonly BagLine[]) => void }) {
  const t = useT();
  if (told.at === 'none') return null;
  if (told.at === 'failed') return <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, told.code)}</Note>;
  return <Note tone="ok" icon="tick" role="status"><p>{t(told.at === 'kept' ? B.kept : B.wentBack)}</p><button class="btn" type="button" onClick={() => onBack(told.before)}>{t(B.back)}</button></Note>;
}

function Lines({ worker, shown }: { worker: string; shown: BagShown }) {
  const t = useT();
  const { today } = useApp();
  const form = useRef<HTMLFormElement>(null);
  const [added, setAdded] = useState(0);
  const { rows, change, told, changed, save, back } = useBag(worker, shown.lines);
  useEffect(() => { if (added > 0) [...(form.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])].pop()?.focus(); }, [added]);
  const add = (): void => { change([...rows, fresh(rows)]); setAdded(added + 1); };
  const gone = (row: BagRow): void => { change(rows.filter((one) => one !== row)); form.current?.querySelector<HTMLElement>('[data-add]')?.focus(); };
  return (
    <form class="stack" ref={form} onSubmit={(e) => { e.preventDefault(); save(); }}>
      {shown.changed_at === null ? null : <p class="soft">{t(B.writtenAt, { when: sayHour(t, shown.changed_at, today.value) })}</p>}
      {rows.length === 0 ? <p>{t(B.empty)}</p> : null}
      {rows.map((row, i) => <Line key={row.key} row={row} nth={i + 1} onRow={(next) => change(rows.map((one) => (one === row ? next : one)))} onGone={() => gone(row)} />)}
      <div class="flex wrap gap">
        <button class="btn" type="button" data-add disabled={rows.length >= MOST_LINES} onClick={add}>{t(B.add)}</button>
        <button class="btn main" type="submit" disabled={!changed}>{t(B.save)}</button>
      </div>
      <Said told={told} onBack={back} />
    </form>
  );
}

export function Bag({ worker }: { worker: string }) {
  const [answer, again] = useGet<BagShown>(`/api/workers/${worker}/bag`);
  return <Asked answer={answer} again={again}>{(shown) => <Lines worker={worker} shown={shown} />}</Asked>;
}
