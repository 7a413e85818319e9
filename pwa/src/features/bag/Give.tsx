/** Handed out to somebody who wants no record: item, lot and number, and nothing of who. */
import { useMemo, useState } from 'preact/hooks';
import { visible } from '../../rules/forms';
import type { Form } from '../../generated/rulebook';
import type { Answers, Value } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { answered } from '../../ui/answers';
import { inBag, lotSays, sayLot } from '../../ui/bag';
import { PickOne } from '../../ui/choices';
import { inDoubt } from '../../ui/doubt';
import { Questions } from '../../ui/form';
import { Page } from '../../ui/frame';
import { formOf } from '../../ui/labels';
import { Lots } from '../../ui/lots';
import { unsure, useLook, type Sure } from '../../ui/look';
import { LOOK, Remarks } from '../../ui/remarks';
import { Empty, Loading } from '../../ui/states';
import { begun, given, lotsToGive, unasked } from './giving';
import { G } from './giveWords';
import { useAll, useKeeper, type Keeper } from './her';
import { sayItem, sayUnit, SUPPLY } from './items';
import { Pieces, PressFoot, useKept, useSave } from './parts';
import { W } from './words';

const DRAFT = 'bag:give';

/** What she has answered so far, what the form says of it, and its saving. */
function useGive(keeper: Keeper, form: Form) {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const worker = store.worker.value.id;
  const all = useAll();
  const book = useMemo(() => inBag(all, worker), [all, worker]);
  const doubt = inDoubt(store.status.value);
  const [kept, change] = useKept<Value>(DRAFT, {});
  const [tried, setTried] = useState(false);
  const [sure, onSure] = useState<Sure>([]);
  const look = useLook();
  const { busy, save, fault } = useSave(DRAFT);
  const answers = kept as Answers;
  const found = given(form, answers, today.value, keeper.role, doubt);
  const wrong = found.some(({ level }) => level === 'error');
  const open = unsure(form, answers, found, sure);
  const press = (): void => {
    setTried(true);
    if (!wrong && !look.holds(open)) save({ form: SUPPLY, area: keeper.area, occurredOn: today.value, answers });
  };
  const lotsOf = (item: string) => lotsToGive(book, item, doubt ? '' : today.value);
  const says = (expiry: string): string => sayLot(t, lotSays(expiry, today.value, doubt));
  return { book, doubt, answers, change, tried, busy, found, press, lotsOf, says, sure, onSure, said: fault ?? (tried && wrong ? G.missing : look.asks(open) ? LOOK : null) };
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

function Count({ form, answers, change, found, tried, sure, onSure }: Giving) {
  const t = useT();
  const line = { item: typeof answers.item === 'string' ? answers.item : '', lot: '', expiry: '' };
  const remarks = found.filter(({ field, code }) => field === 'qty' && (tried || code !== 'required'));
  return (
    <>
      <fieldset><legend>{t(G.count)}</legend><Pieces line={line} label={t(G.count)} typed={answers.qty} onTyped={(qty) => change(answered(answers, 'qty', qty))} /></fieldset>
      <Remarks form={form} answers={answers} findings={remarks} sure={sure} onSure={onSure} />
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
      {asked.includes('qty') ? <><Lots {...giving} findings={found} lots={giving.lotsOf(item)} unit={sayUnit(t, item)} /><Count {...giving} /></> : null}
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
