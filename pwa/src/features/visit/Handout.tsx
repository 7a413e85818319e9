/** Item, lot and count from her bag, one tap each; what stands ready is what she most likely gives. */
import { useMemo } from 'preact/hooks';
import type { Form } from '../../generated/rulebook';
import { both } from '../../i18n/words';
import type { Rec, Value } from '../../store/api';
import { answered } from '../../ui/answers';
import { useOpen, useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { sayFinding } from '../../ui/findings';
import { numberOf } from '../../ui/decimals';
import { Questions } from '../../ui/form';
import { lazy } from '../../ui/lazy';
import { Remarks } from '../../ui/remarks';
import { Icon, Note } from '../../ui/signs';
import { holds } from '../../rules/conditions';
import { visible } from '../../rules/forms';
import { ALWAYS, firstLot, lastCount, picked, told } from './handout';
import type { Lotted, LottedProps } from './Lots';
import type { StepProps } from './Met';
import { calls, remarks } from './plan';
import { W } from './words';

const OTHER = 'other';
const Screen = lazy(() => import('./Screen').then((m) => m.Screen), () => null);
/** Condoms are counted in tens; a tap is one packet of anything else. */
const stepOf = (item: Value | undefined): number => (item === ALWAYS ? 10 : 1);

export interface HandoutProps extends StepProps {
  form: Form;
}

const optionsOf = (form: Form, key: string) => form.fields.find((f) => f.key === key)?.options ?? [];

const NOTHING: Lotted = { items: [{ item: ALWAYS, lots: [], left: 0 }], says: () => '', Lots: () => null };

/** Her bag by the book. Its rules come in a file of their own; without them condoms are offered all the same. */
export const WithLots = lazy<LottedProps>(() => import('./Lots').then((m) => m.WithLots, () => ({ children }) => <>{children(NOTHING)}</>), () => null);

interface GivenProps extends HandoutProps, Lotted {
  all: readonly Rec[];
}

function Items({ form, draft, who, tried, change, subject, all, items }: GivenProps) {
  const t = useT();
  const author = useOpen().store.worker.value.id;
  const options = optionsOf(form, 'item');
  const item = typeof draft.supply.item === 'string' ? draft.supply.item : null;
  const rare = options.filter((o) => items.every((c) => c.item !== o.code));
  const pick = (code: string): void => {
    const lots = items.find((c) => c.item === code)?.lots ?? [];
    change(picked(draft, who, code, { ...lastCount(subject.records, code), ...firstLot(lots, all, author, code, who.day) }, t));
  };
  const choices = items.map(({ item: code, left, lots }) => {
    const found = options.find((o) => o.code === code);
    const label = found ? t(both(found)) : code;
    return { code, label, aside: lots.length > 0 ? t(left < 0 ? W.below : W.inBag, { n: Math.abs(left), unit: found?.unit ? t(both(found.unit)) : '' }) : '' };
  });
  const rarely = rare.some((o) => o.code === item);
  return (
    <>
      <PickOne legend={t(W.item)} column choices={[...choices, { code: OTHER, label: t(W.otherItem) }]} value={rarely || item === OTHER ? OTHER : item} onPick={pick} />
      {rarely || item === OTHER ? (
        <PickOne legend={t(W.whichOther)} column choices={rare.map((o) => ({ code: o.code, label: t(both(o)) }))} value={item} onPick={pick} />
      ) : null}
      {tried && (item === null || item === OTHER) ? <Note tone="late" icon="warn" role="status">{t(W.pickItem)}</Note> : null}
    </>
  );
}

function Count({ form, draft, who, tried, change }: HandoutProps) {
  const t = useT();
  const { supply } = draft;
  const step = stepOf(supply.item);
  const now = typeof supply.qty === 'number' ? supply.qty : 0;
  const set = (qty: Value | undefined): void => change({ ...draft, supply: answered(supply, 'qty', qty) });
  const found = remarks(form, supply, who).filter((f) => f.field === 'qty' && (tried || (supply.qty !== undefined && f.code !== 'required')));
  const written = typeof supply.qty === 'number' || typeof supply.qty === 'string' ? String(supply.qty) : '';
  return (
    <fieldset>
      <legend>{t(W.count)}</legend>
      <div class="count card">
        <button class="btn bare" type="button" aria-label={t(W.less, { n: step })} disabled={now <= 0} onClick={() => set(now > step ? now - step : undefined)}><Icon name="minus" /></button>
        <input class="amount" name="qty" inputMode="numeric" autocomplete="off" aria-label={t(W.count)} value={written} onInput={(e) => set(numberOf(e.currentTarget.value.trim()))} />
        <button class="btn bare" type="button" aria-label={t(W.more10, { n: step })} onClick={() => set(now + step)}><Icon name="plus" /></button>
      </div>
      <Remarks form={form} answers={supply} findings={found} sure={draft.sure} onSure={(sure) => change({ ...draft, sure })} />
    </fieldset>
  );
}

/** What the rulebook says about this item, beside the tap that asked for it. */
function Called({ form, draft, who }: HandoutProps) {
  const t = useT();
  const called = calls(draft, who).filter((rule) => rule.field === 'item').map((rule) => t(both(rule)));
  const said = remarks(form, draft.supply, who).filter((f) => f.field === 'item' && f.level === 'warn').map((f) => sayFinding(t, form, f));
  const words = [...new Set([...called, ...said])];
  return words.length === 0 ? null : <Note tone="late" icon="warn" role="status">{words.map((text) => <p key={text}>{text}</p>)}</Note>;
}

/** Asked before the count. */
export const BEFORE = ['first_use', 'inj_kind', 'n9_ask'];

/** Whether it is a pill, and hers to give: then come the questions before it; a technician says there whether it is the first. */
function Before(props: HandoutProps) {
  const t = useT();
  const { form, draft, who, tried, change } = props;
  const pill = form.fields.some((f) => f.key === 'screen' && holds(f.when, draft.supply));
  const screens = pill && calls(draft, who).every((rule) => rule.field !== 'item');
  const only = pill && who.role === 'technician' ? [] : BEFORE;
  const { n9_ask: n9, screen } = draft.supply;
  return (
    <>
      <Questions form={form} answers={draft.supply} role={who.role} tried={tried} only={only} tick={BEFORE} findings={remarks(form, draft.supply, who)} onAnswer={(key, value) => change(told(draft, who, key, value, t))} />
      {screens ? <Screen {...props} /> : null}
      {screen === 'refer' || n9 === 'other' ? <button class="btn main" type="button" onClick={() => change(picked(draft, who, ALWAYS, {}, t))}><Icon name="box" />{t(W.condoms)}</button> : null}
    </>
  );
}

function Given(props: GivenProps) {
  const { form, draft, who } = props;
  const item = typeof draft.supply.item === 'string' && draft.supply.item !== OTHER;
  const asked = visible(form, draft.supply, who.role);
  const given = asked.includes('qty') && (!asked.includes('screen') || draft.supply.screen === 'clear');
  return (
    <>
      <Items {...props} />
      <Called {...props} />
      {item ? <Before {...props} /> : null}
      {item && given ? <><props.Lots {...props} /><Count {...props} /></> : null}
    </>
  );
}

/** The whole of a hand-out but what the rulebook asks besides. */
export function Handout(props: HandoutProps) {
  const { store } = useOpen();
  const { day, doubt = false } = props.who;
  const [loose, bundles] = [store.loose.value, store.bundles.value];
  const all = useMemo(() => [...loose, ...[...bundles.values()].flatMap((b) => b.records)], [loose, bundles]);
  return (
    <WithLots all={all} bag={store.bag.value} worker={store.worker.value.id} today={day} doubt={doubt}>{(told) => <Given {...props} {...told} all={all} />}</WithLots>
  );
}
