/** Which lot goes out of her bag. It comes with the rules of stock, which add the bag up. */
import type { ComponentChildren, ComponentType } from 'preact';
import { sayMonth } from '../../i18n/days';
import { both, type Word } from '../../i18n/words';
import type { Answers, Value } from '../../store/api';
import { answered } from '../../ui/answers';
import { useApp, useT } from '../../ui/app';
import { WithBag, type BookedProps, type Told } from '../../ui/booked';
import type { Lot } from '../../ui/carried';
import { Questions } from '../../ui/form';
import { Note } from '../../ui/signs';
import type { HandoutProps } from './Handout';
import { remarks } from './plan';

const L = {
  lot: ['哪一批', 'Lot'],
  lotHint: ['先发快到期的。过期的不会出现在这里。', 'Give what expires first. Expired lots do not show here.'],
  lotLine: ['{lot}，{month}到期，{n} {unit}', '{lot}, expires {month}, {n} {unit}'],
  otherLot: ['别的批号，自己写', 'Another lot, by hand'],
} as const satisfies Record<string, Word>;

type LotsProps = HandoutProps & Told;

/** What lies in her bag, and the question for the lot. */
export interface Lotted extends Told {
  readonly Lots: ComponentType<LotsProps>;
}

const sameLot = (answers: Answers, lot: Lot): boolean => answers.lot === lot.lot && (answers.expiry ?? '') === lot.expiry;

/** Lots of the bag in a native list; another one is written by hand. */
function Lots({ form, draft, who, tried, change, items, says }: LotsProps) {
  const t = useT();
  const { today } = useApp();
  const { supply } = draft;
  const lots = items.find((c) => c.item === supply.item)?.lots ?? [];
  const at = lots.findIndex((lot) => sameLot(supply, lot));
  const set = (lot: Lot | undefined): void => change({ ...draft, supply: answered(answered(supply, 'lot', lot?.lot), 'expiry', lot?.expiry || undefined) });
  const write = (key: string, value: Value | undefined): void => change({ ...draft, supply: answered(supply, key, value) });
  const unit = form.fields.find((f) => f.key === 'item')?.options?.find((o) => o.code === supply.item)?.unit;
  const month = (lot: Lot): string => (lot.expiry ? sayMonth(t, lot.expiry.slice(0, 7), today.value) : '—');
  const say = (lot: Lot): string => t(L.lotLine, { lot: lot.lot, month: month(lot), n: lot.left, unit: unit ? t(both(unit)) : '' });
  const said = says(typeof supply.expiry === 'string' ? supply.expiry : '');
  return (
    <>
      {lots.length === 0 ? null : (
        <label class="field"><span>{t(L.lot)}</span><small class="hint">{t(L.lotHint)}</small>
          <select value={String(at)} onChange={(e) => set(lots[Number(e.currentTarget.value)])}>
            {lots.map((lot, i) => <option key={lot.lot + lot.expiry} value={String(i)}>{say(lot)}</option>)}
            <option value="-1">{t(L.otherLot)}</option>
          </select>
        </label>
      )}
      {at < 0 ? <Questions form={form} answers={supply} role={who.role} tried={tried} only={['lot', 'expiry']} findings={remarks(form, supply, who)} onAnswer={write} /> : null}
      {said && (at >= 0 || who.doubt) ? <Note tone="late" icon="clock" role="status">{said}</Note> : null}
    </>
  );
}

export type LottedProps = Omit<BookedProps, 'children'> & { children: (lotted: Lotted) => ComponentChildren };

export const WithLots = ({ children, ...rest }: LottedProps) => <WithBag {...rest}>{(told) => children({ ...told, Lots })}</WithBag>;
