/** Which lot goes out of her bag. It comes with the rules of stock, which add the bag up. */
import type { ComponentChildren, ComponentType } from 'preact';
import { both } from '../../i18n/words';
import { useT } from '../../ui/app';
import { WithBag, type BookedProps, type Told } from '../../ui/booked';
import { Lots as ListOfLots } from '../../ui/lots';
import type { HandoutProps } from './Handout';
import { remarks } from './plan';

type LotsProps = HandoutProps & Told;

/** What lies in her bag, and the question for the lot. */
export interface Lotted extends Told {
  readonly Lots: ComponentType<LotsProps>;
}

function Lots({ form, draft, who, tried, change, items, says }: LotsProps) {
  const t = useT();
  const { supply } = draft;
  const lots = items.find((c) => c.item === supply.item)?.lots ?? [];
  const unit = form.fields.find((f) => f.key === 'item')?.options?.find((o) => o.code === supply.item)?.unit;
  return (
    <ListOfLots
      form={form} role={who.role} tried={tried} doubt={who.doubt ?? false} answers={supply} findings={remarks(form, supply, who)}
      lots={lots} unit={unit ? t(both(unit)) : ''} says={says} change={(next) => change({ ...draft, supply: next })}
    />
  );
}

export type LottedProps = Omit<BookedProps, 'children'> & { children: (lotted: Lotted) => ComponentChildren };

export const WithLots = ({ children, ...rest }: LottedProps) => <WithBag {...rest}>{(told) => children({ ...told, Lots })}</WithBag>;
