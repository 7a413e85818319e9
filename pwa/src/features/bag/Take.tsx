/** A document of stock that she scanned, chose or typed the number of: what it says, what she counted, and its receipt. Once. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import type { T, Word } from '../../i18n/words';
import { numberOf as documentNumber, readDocument, typedNumber, type Document, type DocumentLine } from '../../rules/document';
import type { Answers, Rec, Store } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { FORM } from '../../ui/bag';
import { Page } from '../../ui/frame';
import { Link } from '../../ui/link';
import { Icon, Note } from '../../ui/signs';
import { Empty, Loading } from '../../ui/states';
import { keyOf } from './counting';
import { byNumber, knownDocument, receiptOf } from './documents';
import { useAll, useKeeper, type Keeper } from './her';
import { sayItem, sayUnit } from './items';
import { isPieces, LotName, Pieces, PressFoot, useKept, useSave } from './parts';
import { receipt } from './receipt';
import { W } from './words';

function sayPlace(t: T, { names, worker }: Store, place: string): string {
  if (place.startsWith('bag:')) return t(W.bagOf, { name: names.value[place.slice(4)] ?? t(W.somebody) });
  return place.length > 9 ? (worker.value.areas.find(({ code }) => code === place)?.name ?? t(W.village)) : t(W.station);
}

function Line({ line, came, onCame }: { line: DocumentLine; came: Answers[string]; onCame: (came: Answers[string] | undefined) => void }) {
  const t = useT();
  return (
    <li class="stack pad">
      <p><LotName line={line} /></p>
      <p class="soft">{t(W.sent, { n: line.qty, unit: sayUnit(t, line.item) })}</p>
      <Pieces line={line} label={t(W.cameOf, { item: sayItem(t, line.item), lot: line.lot })} typed={came} onTyped={onCame} />
    </li>
  );
}

function Count({ document, lines, keeper }: { document: Document; lines: readonly DocumentLine[]; keeper: Keeper }) {
  const t = useT();
  const { store } = useOpen();
  const { today } = useApp();
  const key = `take:${document.record}`;
  const [came, change] = useKept<Answers>(key, Object.fromEntries(lines.map((line) => [keyOf(line), line.qty])));
  const [tried, setTried] = useState(false);
  const { busy, save, fault } = useSave(key);
  const open = lines.filter((line) => !isPieces(came[keyOf(line)]));
  const differing = lines.filter((line) => came[keyOf(line)] !== line.qty).length - open.length;
  const press = (): void => {
    setTried(true);
    if (open.length === 0) save({ form: FORM, area: keeper.area, occurredOn: today.value, answers: receipt(document, lines, came) });
  };
  const said = fault ?? (tried && open.length > 0 ? t(W.open, { n: open.length }) : null);
  const from = t(W.from, { from: sayPlace(t, store, document.from_place), day: sayDay(t, document.on, today.value) });
  return (
    <Page title={t(W.sheet, { number: documentNumber(document.record) })} sub={from} parent="/bag" foot={<PressFoot label={t(W.take)} busy={busy} said={said} onPress={press} />}>
      {document.to_place === keeper.bag ? null : <Note icon="lost">{t(W.other, { who: sayPlace(t, store, document.to_place) })}</Note>}
      <p class="soft">{t(W.checkHint)}</p>
      <ul class="card">{lines.map((line) => <Line key={keyOf(line)} line={line} came={came[keyOf(line)] ?? null} onCame={(now) => change({ ...came, [keyOf(line)]: now ?? null })} />)}</ul>
      {differing > 0 ? <Note icon="lost" role="status">{t(W.differs, { n: differing })}</Note> : null}
    </Page>
  );
}

function Said({ word, children }: { word: string; children?: ComponentChildren }) {
  const t = useT();
  return <Page title={t(W.takeTitle)} parent="/bag"><Empty icon="box"><b role="status">{word}</b>{children}</Empty><Link class="btn" to="/bag">{t(W.toBag)}</Link></Page>;
}

function Sheet({ document, all, keeper }: { document: Document; all: readonly Rec[]; keeper: Keeper }) {
  const t = useT();
  const { today } = useApp();
  const taken = receiptOf(all, document.record);
  if (taken) return <Said word={t(W.takenOn, { number: documentNumber(document.record), day: sayDay(t, taken.occurredOn, today.value) })} />;
  if (!document.lines) return <Said word={t(W.noLines)}><p><Link class="btn" to="/sync">{t(W.toSync)}</Link></p></Said>;
  return <Count document={document} lines={document.lines} keeper={keeper} />;
}

function ByNumber({ all, said, onFound }: { all: readonly Rec[]; said: Word | null; onFound: (document: Document) => void }) {
  const t = useT();
  const [text, setText] = useState('');
  const [told, tell] = useState(said);
  const look = (): void => {
    const found = byNumber(all, typedNumber(text));
    if (found) onFound(found);
    else tell(W.unknown);
  };
  return (
    <Page title={t(W.takeTitle)} parent="/bag">
      <Link class="btn" to="/scan/sheet"><Icon name="scan" />{t(W.scan)}</Link>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); look(); }}>
        <label class="field"><span>{t(W.number)}</span><small class="hint">{t(W.numberHint)}</small>
          <input name="number" autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={12} value={text} onInput={(e) => { setText(e.currentTarget.value); tell(null); }} />
        </label>
        <button class="btn main" type="submit">{t(W.find)}</button>
      </form>
      {told ? <Note tone="late" icon="warn" role="alert">{t(told)}</Note> : null}
    </Page>
  );
}

export function TakePage() {
  const t = useT();
  const all = useAll();
  const { query } = useApp().router.place.value;
  const [typed, setTyped] = useState<Document | null>(null);
  const [code, id] = [query.get('d'), query.get('id')];
  const read = code === null ? null : readDocument(code);
  const record = read?.record ?? id ?? typed?.record;
  const document = record === undefined ? undefined : (knownDocument(all, record) ?? read ?? typed);
  const keeper = useKeeper(document?.to_place.startsWith('bag:') ? document.from_place : document?.to_place);
  if (keeper === undefined) return <Page title={t(W.takeTitle)} parent="/bag"><Loading /></Page>;
  if (keeper === null) return <Said word={t(W.notHers)} />;
  if (document) return <Sheet document={document} all={all} keeper={keeper} key={document.record} />;
  return <ByNumber all={all} said={code === null ? (id === null ? null : W.unknown) : W.broken} onFound={setTyped} />;
}
