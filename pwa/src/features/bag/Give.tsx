/** Handed out to somebody who wants no record: item, lot and number, and nothing of who. */
import { useMemo, useState } from 'preact/hooks';
import { sayMonth } from '../../i18n/days';
import { visible } from '../../rules/forms';
import type { Form } from '../../generated/rulebook';
import type { Balance } from '../../rules/stock';
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

/** The lot that expires first stands ready; another one is written by hand. */
function Lots({ form, answers, lots, change, found, role, tried, doubt }: Giving & { lots: readonly Balance[] }) {
  const t = useT();
  const { today } = useApp();
  const at = lots.findIndex(({ at: lot }) => lot.lot === answers.lot && lot.expiry === (answers.expiry ?? ''));
  const set = (n: number): void => change(answered(answered(answers, 'lot', lots[n]?.at.lot || undefined), 'expiry', lots[n]?.at.expiry || undefined));
  const said = sayLot(t, lotSays(typeof answers.expiry === 'string' ? answers.expiry : '', today.value, doubt));
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
      {at < 0 ? <Questions form={form} answers={answers} role={role} tried={tried} only={['lot', 'expiry']} findings={found} onAnswer={(key, value) => change(answered(answers, key, value))} /> : null}
      {said && (at >= 0 || doubt) ? <Note tone="late" icon="clock" role="status">{said}</Note> : null}
    </>
  );
}

/** What she has answered so far, what the form says of it, and its saving. */
function useGive(keeper: Keeper, form: Form) {
  const { today } = useApp();
  const { store } = useOpen();
  const worker = store.worker.value.id;
  const all = useAll();
  const book = useMemo(() => inBag(all, worker), [all, worker]);
  const doubt = inDoubt(store.status.value);
  const [kept, change] = useKept<Value>(DRAFT, {});
  const [tried, setTried] = useState(false);
  const { busy, save, fault } = useSave(DRAFT);
  const answers = kept as Answers;
  const found = given(form, answers, today.value, keeper.role, doubt);
  const wrong = found.some(({ level }) => level === 'error');
  const press = (): void => {
    setTried(true);
    if (!wrong) save({ form: SUPPLY, area: keeper.area, occurredOn: today.value, answers });
  };
  const lotsOf = (item: string) => lotsToGive(book, item, doubt ? '' : today.value);
  return { book, doubt, answers, change, tried, busy, found, press, lotsOf, said: fault ?? (tried && wrong ? G.missing : null) };
}

type Giving = ReturnType<typeof useGive> & { form: Form; role: string };

function Items({ form, book, answers, change, lotsOf }: Giving) {
  const t = useT();
  const aside = (code: string): string => {
    const n = book.lots.filter(({ at }) => at.item === code).reduce((sum, { usable }) => sum + usable, 0);
    return book.items.has(code) && n > 0 ? t(G.inBag, { n, unit: sayUnit(t, code) }) : '';
  };
  const choices = unasked(form).map(({ code }) => ({ code, label: sayItem(t, code), aside: aside(code) }));
  const item = typeof answers.item === 'string' ? answers.item : null;
  return <PickOne legend={t(G.item)} column choices={choices} value={item} onPick={(code) => change(begun(code, lotsOf(code)))} />;
}

function Count({ form, answers, change, found, tried }: Giving) {
  const t = useT();
  const line = { item: typeof answers.item === 'string' ? answers.item : '', lot: '', expiry: '' };
  const remarks = found.filter(({ field, code }) => field === 'qty' && (tried || code !== 'required'));
  return (
    <>
      <fieldset><legend>{t(G.count)}</legend><Pieces line={line} label={t(G.count)} typed={answers.qty} onTyped={(qty) => change(answered(answers, 'qty', qty))} /></fieldset>
      {remarks.length > 0 ? <Note tone="late" icon="warn" role="status">{remarks.map((one) => <p key={one.code}>{sayFinding(t, form, one)}</p>)}</Note> : null}
    </>
  );
}

function Give({ keeper, form }: { keeper: Keeper; form: Form }) {
  const t = useT();
  const giving = { ...useGive(keeper, form), form, role: keeper.role };
  const { answers, change, found, tried, said } = giving;
  const item = typeof answers.item === 'string' ? answers.item : '';
  const asked = item ? visible(form, answers, keeper.role) : [];
  const save = typeof answers.qty === 'number' ? t(G.saveN, { n: answers.qty, unit: sayUnit(t, item) }) : t(G.save);
  const foot = <PressFoot label={save} busy={giving.busy} said={said === null || typeof said === 'string' ? said : t(said)} onPress={giving.press} />;
  return (
    <Page title={t(G.title)} sub={t(G.sub)} parent="/bag" foot={foot}>
      <Items {...giving} />
      {asked.includes('n9_ask') ? <Questions form={form} answers={answers} role={keeper.role} tried={tried} only={['n9_ask']} findings={found} onAnswer={(key, value) => change(answered(answers, key, value))} /> : null}
      {asked.includes('qty') ? <><Lots {...giving} lots={giving.lotsOf(item)} /><Count {...giving} /></> : null}
      <p class="soft small">{t(G.pills)}</p>
    </Page>
  );
}

export function GivePage() {
  const t = useT();
  const keeper = useKeeper();
  const form = formOf(SUPPLY);
  if (keeper && form) return <Give keeper={keeper} form={form} />;
  return <Page title={t(G.title)} parent="/bag">{keeper === null ? <Empty icon="box">{t(W.notHers)}</Empty> : <Loading />}</Page>;
}
