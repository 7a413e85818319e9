/** What leaves her bag for nobody: given back to the station, or spoilt. */
import { useMemo, useState } from 'preact/hooks';
import type { Answers, Value } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { FORM, inBag } from '../../ui/bag';
import { Page } from '../../ui/frame';
import { Note } from '../../ui/signs';
import { Empty, Loading } from '../../ui/states';
import { keyOf, linesToCount, type LotLine } from './counting';
import { useAll, useKeeper, type Keeper } from './her';
import { groups, sayItem, sayUnit } from './items';
import { V } from './leaveWords';
import { AnotherLot, isPieces, LotName, Pieces, PressFoot, useKept, useSave } from './parts';
import { written } from './receipt';
import { W } from './words';

export type Way = 'return' | 'damage';

interface Draft {
  readonly more: readonly LotLine[];
  readonly n: Answers;
  readonly why: string;
}
const EMPTY: Draft = { more: [], n: {}, why: '' };
const TITLE = { return: V.back, damage: V.spoilt };
const HINT = { return: V.backHint, damage: V.spoiltHint };

/** The movement: what was given back goes to the station's store, where somebody counts it again. */
function answersOf(way: Way, { bag, township }: Keeper, lines: readonly LotLine[], { n, why }: Draft): Answers {
  const gone = lines.filter((line) => Number(n[keyOf(line)]) > 0).map((line) => written(line, Number(n[keyOf(line)])));
  return { movement: way, from_place: bag, ...(way === 'return' ? { to_place: township } : {}), lines: gone, ...(way === 'damage' && why.trim() ? { why_different: why.trim() } : {}) };
}

function Leave({ way, keeper }: { way: Way; keeper: Keeper }) {
  const t = useT();
  const { today } = useApp();
  const worker = useOpen().store.worker.value.id;
  const all = useAll();
  const lots = useMemo(() => groups(inBag(all, worker).lots).flatMap((group) => group.lots), [all, worker]);
  const key = `bag:${way}`;
  const [kept, change] = useKept<Value>(key, EMPTY as unknown as Value);
  const draft = kept as unknown as Draft;
  const onDraft = (next: Draft): void => change(next as unknown as Value);
  const [tried, setTried] = useState(false);
  const { busy, save, fault } = useSave(key);
  const lines = linesToCount(lots, draft.more);
  const typed = lines.map((line) => draft.n[keyOf(line)] ?? 0);
  const ready = typed.every(isPieces) && typed.some((n) => n !== 0);
  const press = (): void => {
    setTried(true);
    if (ready) save({ form: FORM, area: keeper.area, occurredOn: today.value, answers: answersOf(way, keeper, lines, draft) });
  };
  const foot = <PressFoot label={t(way === 'return' ? V.saveBack : V.saveSpoilt)} busy={busy} said={fault ?? (tried && !ready ? t(V.nothing) : null)} onPress={press} />;
  return (
    <Page title={t(TITLE[way])} parent="/bag" foot={foot}>
      <Note icon="box">{t(HINT[way])}</Note>
      <ul class="card">{lines.map((line) => {
        const there = lots.find(({ at }) => keyOf(at) === keyOf(line))?.usable ?? 0;
        return (
          <li class="stack pad" key={keyOf(line)}>
            <p><LotName line={line} /></p><p class="soft">{t(V.there, { n: there, unit: sayUnit(t, line.item) })}</p>
            <Pieces line={line} label={t(V.nOf, { item: sayItem(t, line.item), lot: line.lot })} typed={draft.n[keyOf(line)]} onTyped={(now) => onDraft({ ...draft, n: { ...draft.n, [keyOf(line)]: now ?? null } })} />
          </li>
        );
      })}</ul>
      <AnotherLot onLine={(line) => onDraft({ ...draft, more: [...draft.more, line] })} />
      {way === 'damage' ? <label class="field"><span>{t(V.why)}</span><textarea rows={2} maxLength={200} value={draft.why} onInput={(e) => onDraft({ ...draft, why: e.currentTarget.value })} /></label> : null}
    </Page>
  );
}

export function LeavePage({ way }: { way: Way }) {
  const t = useT();
  const keeper = useKeeper();
  if (keeper) return <Leave way={way} keeper={keeper} />;
  return <Page title={t(TITLE[way])} parent="/bag">{keeper === null ? <Empty icon="box">{t(W.notHers)}</Empty> : <Loading />}</Page>;
}
