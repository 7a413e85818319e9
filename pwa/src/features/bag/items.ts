/** Items of the stock form in words, with the unit they are counted in. Pure. */
import { STOCK } from '../../generated/stock';
import { both, type T } from '../../i18n/words';
import type { Balance } from '../../rules/stock';
import { formOf } from '../../ui/labels';
import type { Option } from '../../generated/rulebook';

export const SUPPLY = 'contraceptive_supply';
const optionsOf = (form: string, key: string): readonly Option[] => formOf(form)?.fields.find((field) => field.key === key)?.options ?? [];

/** Those a bag can hold, in the rulebook's order. */
export const items = (): readonly Option[] => formOf('stock')?.fields.find(({ key }) => key === 'lines')?.of?.find(({ key }) => key === 'item')?.options ?? [];

export function sayItem(t: T, code: string): string {
  const found = items().find((one) => one.code === code);
  return found ? t(both(found)) : code;
}

export function sayUnit(t: T, code: string): string {
  const given = STOCK.hand_outs.find(({ fixed }) => fixed === code);
  const unit = given ? formOf(given.form)?.fields.find(({ key }) => key === given.qty)?.unit : optionsOf(SUPPLY, 'item').find((one) => one.code === code)?.unit;
  return unit ? t(both(unit)) : '';
}

export interface Group {
  readonly item: string;
  /** usable, by the book */
  readonly n: number;
  readonly lots: readonly Balance[];
}

/** Lots by item, in the rulebook's order, what expires first on top; lots with nothing in them are left out. */
export function groups(lots: readonly Balance[]): Group[] {
  const there = lots.filter(({ usable, set_aside: aside }) => usable !== 0 || aside !== 0);
  const order = items().map(({ code }) => code);
  const found = [...new Set(there.map(({ at }) => at.item))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return found.map((item) => {
    const mine = there.filter(({ at }) => at.item === item).sort((a, b) => ((a.at.expiry || '9') < (b.at.expiry || '9') ? -1 : 1));
    return { item, lots: mine, n: mine.reduce((sum, { usable }) => sum + usable, 0) };
  });
}
