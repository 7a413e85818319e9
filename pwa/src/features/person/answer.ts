/** One answer of a form in words. Pure. */
import { sayVague } from '../../i18n/days';
import { both, type T } from '../../i18n/words';
import type { Field } from '../../generated/rulebook';
import type { Value, VagueDate } from '../../store/api';
import { shown } from '../../ui/decimals';
import { W } from './sheetWords';

/** Never shown as text: a signature is strokes, a reference an id. */
const SILENT = ['signature', 'text_version'];

export const isSaid = (field: Field): boolean => field.type !== 'ref' && !SILENT.includes(field.key);

export function sayAnswer(t: T, field: Field, value: Value, today: string): string {
  const one = (v: Value): string => {
    if (typeof v === 'boolean') return t(v ? W.yes : W.no);
    const option = field.options?.find((o) => o.code === v);
    if (option) return t(both(option));
    if (field.type === 'date') return sayVague(t, v as VagueDate, today);
    return typeof v === 'number' ? shown(v, field.digits) : typeof v === 'object' ? '' : String(v);
  };
  const unit = field.unit ? ` ${t(both(field.unit))}` : '';
  return (Array.isArray(value) ? value.map(one).join(t.lang === 'zh' ? '、' : ', ') : one(value)) + unit;
}
