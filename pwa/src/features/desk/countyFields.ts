/** Usual ranges and options that a county sets of questions, as they are typed and as they were decided. Pure. */
import { both, type Named, type T } from '../../i18n/words';
import { numberOf, shown } from '../../ui/decimals';
import { CF } from './countyFieldWords';

export interface FieldInForce extends Named {
  readonly id: string;
  readonly form: Named;
  readonly type: string;
  readonly status: string;
  readonly digits: number;
  readonly min: number | null;
  readonly max: number | null;
  /** the rulebook's usual range, and the one that holds */
  readonly own: readonly number[] | null;
  readonly warn: readonly number[] | null;
  /** it may only become narrower */
  readonly tighten: boolean;
  readonly options: readonly (Named & { readonly code: string })[];
  readonly hideable: readonly string[];
  readonly hidden: readonly string[];
  readonly number: number;
}

interface Setting {
  readonly warn?: readonly number[];
  readonly hidden?: readonly string[];
}

export interface FieldDecision {
  readonly version: number;
  readonly field: string;
  readonly before: Setting;
  readonly after: Setting;
  readonly ground: string;
  readonly by: string;
  readonly at: number;
}

export interface CountyFields {
  readonly fields: readonly FieldInForce[];
  readonly history: readonly FieldDecision[];
}

const said = (value: number | null, { digits }: FieldInForce): string => (value === null ? '…' : shown(value, digits));

/** 110—160；40—；"" */
export const sayRange = (range: readonly (number | null)[] | null, one: FieldInForce): string => (range ? range.map((value) => said(value, one)).join('—') : '');

/** What a decision left: the usual range, and what is not offered. */
export function sayAfter(t: T, { after }: FieldDecision, one: FieldInForce): string {
  const names = one.options.filter(({ code }) => after.hidden?.includes(code)).map((option) => t(both(option)));
  const range = after.warn ? t(CF.usual, { range: sayRange(after.warn, one) }) : '';
  const off = names.length > 0 ? t(CF.off, { names: names.join(t.lang === 'zh' ? '、' : ', ') }) : '';
  return [range, off].filter(Boolean).join(t.lang === 'zh' ? '；' : '; ') || t(CF.own);
}

/** The two numbers typed; null where both are left empty, undefined while one of them is no number. */
export function rangeOf(typed: readonly [string, string], { digits }: FieldInForce): readonly number[] | null | undefined {
  if (typed.every((text) => text.trim() === '')) return null;
  const range = typed.map((text) => numberOf(text.trim(), digits));
  return range.every((value) => typeof value === 'number') ? (range) : undefined;
}
