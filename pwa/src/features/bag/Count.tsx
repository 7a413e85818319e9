/** A stock-take of her bag: every lot counted first, the book shown beside it only then; one record with all its lines. */
import { useMemo, useState } from 'preact/hooks';
import type { Answers, Value } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { FORM, inBag } from '../../ui/bag';
import { Page } from '../../ui/frame';
import { Icon, Note } from '../../ui/signs';
import { Empty, Loading } from '../../ui/states';
import { compared, keyOf, linesToCount, type Compared, type LotLine } from './counting';
import { useAll, useKeeper, type Keeper } from './her';
import { groups, sayItem, sayUnit } from './items';
import { AnotherLot, isPieces, LotName, Pieces, PressFoot, useKept, useSave } from './parts';
import { written } from './receipt';
import { C } from './countWords';
import { W } from './words';

const DRAFT = 'bag:count';

interface Draft {
  readonly more: readonly LotLine[];
  readonly counted: Answers;
  readonly why: string;
}
const EMPTY: Draft = { more: [], counted: {}, why: '' };

function Counting({ lines, draft, onDraft }: { lines: readonly LotLine[]; draft: Draft; onDraft: (next: Draft) => void }) {
  const t = useT();
  const set = (line: LotLine, now: Value | undefined): void => onDraft({ ...draft, counted: { ...draft.counted, [keyOf(line)]: now ?? null } });
  return (
    <>
      <p class="soft">{t(C.hint)}</p>
      <ul class="card">{lines.map((line) => (
        <li class="stack pad" key={keyOf(line)}><p><LotName line={line} /></p><Pieces line={line} label={t(C.countOf, { item: sayItem(t, line.item), lot: line.lot })} typed={draft.counted[keyOf(line)]} onTyped={(now) => set(line, now)} /></li>
      ))}</ul>
      <AnotherLot onLine={(line) => onDraft({ ...draft, more: [...draft.more, line] })} />
    </>
  );
}

function Row({ row }: { row: Compared }) {
  const t = useT();
  const unit = sayUnit(t, row.line.item);
  const off = row.counted - row.book;
  return (
    <li class="row"><span class="grow"><p><LotName line={row.line} /></p><p>{t(C.both, { book: row.book, counted: row.counted, unit })}</p></span>
      {off === 0 ? <Icon name="check" /> : <b class="nb">{t(off < 0 ? C.less : C.more, { n: Math.abs(off), unit })}</b>}</li>
  );
}

function Comparing({ rows, draft, onDraft, onBack }: { rows: readonly Compared[]; draft: Draft; onDraft: (next: Draft) => void; onBack: () => void }) {
  const t = useT();
  const off = rows.filter((row) => row.book !== row.counted).length;
  return (
    <>
      <Note tone={off > 0 ? '' : 'ok'} icon={off > 0 ? 'lost' : 'tick'} role="status">{t(off > 0 ? C.differs : C.same, { n: off })}</Note>
      <ul class="card">{rows.map((row) => <Row row={row} key={keyOf(row.line)} />)}</ul>
      {off > 0 ? <label class="field"><span>{t(C.why)}</span><textarea rows={2} maxLength={200} value={draft.why} onInput={(e) => onDraft({ ...draft, why: e.currentTarget.value })} /></label> : null}
      <button class="btn" type="button" onClick={onBack}><Icon name="undo" />{t(C.again)}</button>
    </>
  );
}

/** Counting, then comparing, then one record; what was begun is kept. */
function useCount(keeper: Keeper) {
  const { today } = useApp();
  const worker = useOpen().store.worker.value.id;
  const all = useAll();
  const lots = useMemo(() => groups(inBag(all, worker).lots).flatMap((group) => group.lots), [all, worker]);
  const [kept, change] = useKept<Value>(DRAFT, EMPTY as unknown as Value);
  const [step, setStep] = useState<'count' | 'tried' | 'compare'>('count');
  const { busy, save, fault } = useSave(DRAFT);
  const draft = kept as unknown as Draft;
  const lines = linesToCount(lots, draft.more);
  const open = lines.filter((line) => !isPieces(draft.counted[keyOf(line)])).length;
  const rows = compared(lines, lots, draft.counted);
  const why: Answers = draft.why.trim() ? { why_different: draft.why.trim() } : {};
  const answers = { movement: 'count', from_place: keeper.bag, lines: rows.map((row) => written(row.line, row.counted)), ...why };
  const comparing = step === 'compare' && open === 0;
  const press = (): void => {
    if (comparing) save({ form: FORM, area: keeper.area, occurredOn: today.value, answers });
    else setStep(open === 0 && lines.length > 0 ? 'compare' : 'tried');
  };
  return { draft, onDraft: (next: Draft) => change(next as unknown as Value), lines, rows, open, comparing, tried: step === 'tried', press, busy, fault, back: () => setStep('count') };
}

function Count({ keeper }: { keeper: Keeper }) {
  const t = useT();
  const { draft, onDraft, lines, rows, open, comparing, tried, press, busy, fault, back } = useCount(keeper);
  const lacking = lines.length === 0 ? t(C.nothing) : open > 0 ? t(W.open, { n: open }) : null;
  const foot = <PressFoot label={t(comparing ? C.save : C.done)} busy={busy} said={fault ?? (tried ? lacking : null)} onPress={press} />;
  return (
    <Page title={t(C.title)} sub={t(comparing ? C.subCompare : C.sub)} parent="/bag" foot={foot}>
      {comparing ? <Comparing rows={rows} draft={draft} onDraft={onDraft} onBack={back} /> : <Counting lines={lines} draft={draft} onDraft={onDraft} />}
    </Page>
  );
}

export function CountPage() {
  const t = useT();
  const keeper = useKeeper();
  if (keeper) return <Count keeper={keeper} />;
  return <Page title={t(C.title)} parent="/bag">{keeper === null ? <Empty icon="box">{t(W.notHers)}</Empty> : <Loading />}</Page>;
}
