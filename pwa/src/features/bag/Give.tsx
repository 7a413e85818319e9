/** Handed out to somebody who wants no record: item, lot and number, and nothing of who. */
import { useMemo, useState } from 'preact/hooks';
import { sayMonth } from '../../i18n/days';
import { visible } from '../../rules/forms';
import type { Answers, Value } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { answered } from '../../ui/answers';
import { inBag, lotSays, sayLot } from '../../ui/bag';
import { PickOne } from '../../ui/choices';
import { inDoubt } from '../../ui/doubt';
import { sayFinding } from '../../ui/findings';
import { Questions } from '../../ui/form';
import { Page } from '../../ui/frame';
import { formOf } from '../../ui/labels';
import { Note } from '../../ui/signs';
import { Empty, Loading } from '../../ui/states';
import { begun, given, lotsToGive, unasked } from './giving';
import { G } from './giveWords';
import { useAll, useKeeper, type Keeper } from './her';
import { sayItem, sayUnit, SUPPLY } from './items';
import { Pieces, PressFoot, useKept, useSave } from './parts';
import { W } from './words';

const DRAFT = 'bag:give';

interface PartProps {
  answers: Answers;
  lots: ReturnType<typeof lotsToGive>;
  onAnswers: (next: Answers) => void;
}

/** The lot that expires first stands ready; another one is written by hand. */
function Lots({ answers, lots, onAnswers, role, tried, doubt }: PartProps & { role: string; tried: boolean; doubt: boolean }) {
  const t = useT();
  const { today } = useApp();
  const form = formOf(SUPPLY);
  const at = lots.findIndex(({ at: lot }) => lot.lot === answers.lot && lot.expiry === (answers.expiry ?? ''));
  const set = (n: number): void => onAnswers({ ...answered(answered(answers, 'lot', lots[n]?.at.lot || undefined), 'expiry', lots[n]?.at.expiry || undefined) });
  const said = sayLot(t, lotSays(typeof answers.expiry === 'string' ? answers.expiry : '', today.value, doubt));
  if (!form) return null;
  return (
    <>
      {lots.length === 0 ? null : (
        <label class="field"><span>{t(G.lot)}</span><small class="hint">{t(G.lotHint)}</small>
          <select value={String(at)} onChange={(e) => set(Number(e.currentTarget.value))}>
            {lots.map(({ at: lot, usable }, i) => <option key={lot.lot + lot.expiry} value={String(i)}>{t(G.lotLine, { lot: lot.lot || '—', month: lot.expiry ? sayMonth(t, lot.expiry.slice(0, 7), today.value) : '—', n: usable, unit: sayUnit(t, lot.item) })}</option>)}
            <option value="-1">{t(G.otherLot)}</option>
          </select>
        </label>
      )}
      {at < 0 ? <Questions form={form} answers={answers} role={role} tried={tried} only={['lot', 'expiry']} findings={given(form, answers, today.value, role, doubt)} onAnswer={(key, value) => onAnswers(answered(answers, key, value))} /> : null}
      {said && (at >= 0 || doubt) ? <Note tone="late" icon="clock" role="status">{said}</Note> : null}
    </>
  );
}

function Give({ keeper }: { keeper: Keeper }) {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const worker = store.worker.value.id;
  const all = useAll();
  const book = useMemo(() => inBag(all, worker), [all, worker]);
  const doubt = inDoubt(store.status.value);
  const [kept, change] = useKept<Value>(DRAFT, {});
  const answers = kept as Answers;
  const [tried, setTried] = useState(false);
  const { busy, save, fault } = useSave(DRAFT);
  const form = formOf(SUPPLY);
  if (!form) return <Loading />;
  const item = typeof answers.item === 'string' ? answers.item : '';
  const lots = lotsToGive(book, item, doubt ? '' : today.value);
  const found = given(form, answers, today.value, keeper.role, doubt);
  const wrong = found.filter(({ level }) => level === 'error');
  const press = (): void => {
    setTried(true);
    if (wrong.length === 0) save({ form: SUPPLY, area: keeper.area, occurredOn: today.value, answers });
  };
  const pieces = typeof answers.qty === 'number' ? t(G.saveN, { n: answers.qty, unit: sayUnit(t, item) }) : t(G.save);
  const counted = found.filter(({ field, code }) => field === 'qty' && (tried || code !== 'required'));
  const total = (code: string): string => {
    const n = book.lots.filter(({ at }) => at.item === code).reduce((sum, { usable }) => sum + usable, 0);
    return book.items.has(code) && n > 0 ? t(G.inBag, { n, unit: sayUnit(t, code) }) : '';
  };
  const choices = unasked(form).map(({ code }) => ({ code, label: sayItem(t, code), aside: total(code) }));
  return (
    <Page title={t(G.title)} sub={t(G.sub)} parent="/bag" foot={<PressFoot label={pieces} busy={busy} said={fault ?? (tried && wrong.length > 0 ? t(G.missing) : null)} onPress={press} />}>
      <PickOne legend={t(G.item)} column choices={choices} value={item || null} onPick={(code) => change(begun(code, lotsToGive(book, code, doubt ? '' : today.value)))} />
      {item && visible(form, answers, keeper.role).includes('n9_ask') ? <Questions form={form} answers={answers} role={keeper.role} tried={tried} only={['n9_ask']} findings={found} onAnswer={(key, value) => change(answered(answers, key, value))} /> : null}
      {item && visible(form, answers, keeper.role).includes('qty') ? (
        <>
          <Lots answers={answers} lots={lots} onAnswers={change} role={keeper.role} tried={tried} doubt={doubt} />
          <fieldset><legend>{t(G.count)}</legend><Pieces line={{ item, lot: '', expiry: '' }} label={t(G.count)} typed={answers.qty} onTyped={(qty) => change(answered(answers, 'qty', qty))} /></fieldset>
          {counted.length > 0 ? <Note tone="late" icon="warn" role="status">{counted.map((one) => <p key={one.code}>{sayFinding(t, form, one)}</p>)}</Note> : null}
        </>
      ) : null}
      <p class="soft small">{t(G.pills)}</p>
    </Page>
  );
}

export function GivePage() {
  const t = useT();
  const keeper = useKeeper();
  if (keeper) return <Give keeper={keeper} />;
  return <Page title={t(G.title)} parent="/bag">{keeper === null ? <Empty icon="box">{t(W.notHers)}</Empty> : <Loading />}</Page>;
}
