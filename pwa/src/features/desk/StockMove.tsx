/** A movement of stock, written down at the desk: received, issued, returned, counted, written off, destroyed. */
import { useState } from 'preact/hooks';
import { both } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Note } from '../../ui/signs';
import { sayDeskCode } from './deskCodes';
import { asksFrom, asksTo, asMovement, begin, bodyOf, items, lotsAt, MOVEMENTS, sayMovement, sayPoint, type MoveDraft, type StockLine } from './stockPlan';
import type { Movement, StockShown } from './stockShapes';
import { PARTS } from './StockJumps';
import { S } from './stockWords';
import { Y } from './wayWords';
import { useDesk } from './wire';

interface Part {
  draft: MoveDraft;
  shown: StockShown;
  onDraft: (draft: MoveDraft) => void;
}

function Place({ label, value, shown, onPick }: { label: string; value: string; shown: StockShown; onPick: (point: string) => void }) {
  const t = useT();
  return (
    <label class="field"><span>{label}</span>
      <select required value={value} onChange={(e) => onPick(e.currentTarget.value)}>
        <option value="">{t(S.choose)}</option>
        {Object.keys(shown.points).map((point) => <option key={point} value={point}>{sayPoint(t, shown.points, point)}</option>)}
      </select>
    </label>
  );
}

function Places({ draft, shown, onDraft }: Part) {
  const t = useT();
  const { movement } = draft;
  const both2 = asksTo(movement);
  return (
    <div class="three">
      <label class="field"><span>{t(S.what)}</span>
        <select value={movement} onChange={(e) => onDraft(asMovement(draft, e.currentTarget.value as Movement, shown.area))}>{MOVEMENTS.map((one) => <option key={one} value={one}>{sayMovement(t, one)}</option>)}</select>
      </label>
      {asksFrom(movement) ? <Place label={t(both2 ? S.from : S.at)} value={draft.from} shown={shown} onPick={(from) => onDraft({ ...draft, from })} /> : null}
      {both2 ? <Place label={t(S.to)} value={draft.to} shown={shown} onPick={(to) => onDraft({ ...draft, to })} /> : null}
    </div>
  );
}

/** Lots that are there already are offered, so that a number is not typed twice. */
function Known({ line, from, shown, onLine }: { line: StockLine; from: string; shown: StockShown; onLine: (line: StockLine) => void }) {
  const t = useT();
  const lots = lotsAt(shown.rows, from, line.item);
  if (lots.length === 0) return null;
  const pick = (at: string): void => {
    const lot = lots[Number(at)];
    if (lot) onLine({ ...line, lot: lot.lot, expiry: lot.expiry });
  };
  return (
    <label class="field"><span>{t(S.known)}</span>
      <select value={String(lots.findIndex((lot) => lot.lot === line.lot && lot.expiry === line.expiry))} onChange={(e) => pick(e.currentTarget.value)}>
        <option value="-1">{t(S.choose)}</option>
        {lots.map((lot, i) => <option key={lot.lot + lot.expiry} value={String(i)}>{[lot.lot, lot.expiry, String(lot.usable)].filter(Boolean).join('　')}</option>)}
      </select>
    </label>
  );
}

function Line({ line, nth, from, shown, onLine, onGone }: { line: StockLine; nth: number; from: string; shown: StockShown; onLine: (line: StockLine) => void; onGone: (() => void) | null }) {
  const t = useT();
  return (
    <fieldset class="bag-line" aria-label={t(S.nth, { n: nth })}>
      <label class="field"><span>{t(S.item)}</span><select value={line.item} onChange={(e) => onLine({ ...line, item: e.currentTarget.value, lot: '', expiry: '' })}>{items().map((one) => <option key={one.code} value={one.code}>{t(both(one))}</option>)}</select></label>
      <label class="field"><span>{t(S.lot)}</span><input required maxLength={40} autocomplete="off" value={line.lot} onInput={(e) => onLine({ ...line, lot: e.currentTarget.value })} /></label>
      <label class="field"><span>{t(S.expiry)}</span><input type="date" required value={line.expiry} onInput={(e) => onLine({ ...line, expiry: e.currentTarget.value })} /></label>
      <label class="field"><span>{t(S.qty)}</span><input type="number" required min={0} max={1_000_000} step={1} inputmode="numeric" value={line.qty} onInput={(e) => onLine({ ...line, qty: e.currentTarget.value })} /></label>
      {onGone ? <button class="btn bare" type="button" aria-label={t(S.dropNth, { n: nth })} onClick={onGone}>{t(S.drop)}</button> : null}
      <Known line={line} from={from} shown={shown} onLine={onLine} />
    </fieldset>
  );
}

function More({ draft, onDraft }: Omit<Part, 'shown'>) {
  const t = useT();
  const { today } = useApp();
  const { movement } = draft;
  return (
    <div class="three">
      <label class="field"><span>{t(S.day)}</span><input type="date" required max={today.value} value={draft.on} onInput={(e) => onDraft({ ...draft, on: e.currentTarget.value })} /></label>
      <label class="field"><span>{t(S.number)}</span><input maxLength={40} autocomplete="off" value={draft.number} onInput={(e) => onDraft({ ...draft, number: e.currentTarget.value })} /></label>
      {movement === 'count' || movement === 'damage' ? <label class="field"><span>{t(S.why)}</span><input maxLength={200} autocomplete="off" required={movement === 'damage'} value={draft.why} onInput={(e) => onDraft({ ...draft, why: e.currentTarget.value })} /></label> : null}
      {movement === 'destroy' ? <label class="field"><span>{t(S.second)}</span><small class="hint">{t(S.secondHint)}</small><input required maxLength={40} autocomplete="off" value={draft.second} onInput={(e) => onDraft({ ...draft, second: e.currentTarget.value })} /></label> : null}
    </div>
  );
}

type Told = { at: 'none' } | { at: 'busy' } | { at: 'saved' } | { at: 'failed'; code: string };

export function StockMove({ shown, onMoved }: { shown: StockShown; onMoved: () => void }) {
  const t = useT();
  const { today } = useApp();
  const { transport } = useDesk();
  const fresh = (): MoveDraft => begin(shown.area, today.value, items()[0]?.code ?? '');
  const [draft, setDraft] = useState(fresh);
  const [told, setTold] = useState<Told>({ at: 'none' });
  const change = (next: MoveDraft): void => { setDraft(next); setTold({ at: 'none' }); };
  const save = (e: Event): void => {
    e.preventDefault();
    if (told.at === 'busy') return;
    setTold({ at: 'busy' });
    transport.post('/api/stock/movements', bodyOf(draft, shown.area)).then(
      () => { setDraft(fresh()); setTold({ at: 'saved' }); onMoved(); },
      (error: unknown) => setTold({ at: 'failed', code: codeOf(error) }),
    );
  };
  const { lines } = draft;
  const last = lines[lines.length - 1];
  const add = (): void => change({ ...draft, lines: [...lines, { key: 1 + Math.max(0, ...lines.map((one) => one.key)), item: last?.item ?? '', lot: '', expiry: '', qty: '' }] });
  return (
    <form class="card pad stack" id={PARTS.move} onSubmit={save}>
      <h2>{t(S.move)}</h2>
      <Places draft={draft} shown={shown} onDraft={change} />
      {draft.movement === 'out' ? <label class="flex gap"><input type="checkbox" checked={draft.later} onChange={(e) => change({ ...draft, later: e.currentTarget.checked })} />{t(Y.later)}</label> : null}
      {draft.movement === 'out' && draft.later ? <p class="soft small">{t(Y.laterHint)}</p> : null}
      {draft.movement === 'out' && !draft.later && draft.to.startsWith('bag:') ? <p class="soft small">{t(S.outHint)}</p> : null}
      {lines.map((line, i) => (
        <Line
          key={line.key} line={line} nth={i + 1} from={draft.from || draft.to} shown={shown} onLine={(next) => change({ ...draft, lines: lines.map((one) => (one === line ? next : one)) })}
          onGone={lines.length > 1 ? () => change({ ...draft, lines: lines.filter((one) => one !== line) }) : null}
        />
      ))}
      <More draft={draft} onDraft={change} />
      <div class="flex wrap gap"><button class="btn" type="button" onClick={add}>{t(S.add)}</button><button class="btn main" type="submit">{t(told.at === 'busy' ? S.saving : S.save)}</button></div>
      {told.at === 'saved' ? <Note tone="ok" icon="tick" role="status">{t(S.saved)}</Note> : null}
      {told.at === 'failed' ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, told.code)}</Note> : null}
    </form>
  );
}
