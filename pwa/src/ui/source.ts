/** Where a rule comes from, in words: "依据：美国避孕医学标准 2024". Pure. */
import type { Finding, Form } from '../generated/rulebook';
import type { CountyDays } from '../store/api';
import { both, type T, type Word } from '../i18n/words';
import { labelOf } from './labels';

const W = {
  from: ['依据：{names}', 'Source: {names}'],
  open: ['待当地确认', 'to be confirmed locally'],
} as const satisfies Record<string, Word>;

/** The sources of a status such as "S[W4] S[W7] L"; what has no name here is left out. */
export function saySource(t: T, status: string): string {
  const codes = [...status.matchAll(/\[(\w+)\]/g)].map(([, code]) => (code ?? '').toLowerCase());
  const names = codes.map((code) => ({ code, said: t(both(labelOf('sources', code))) })).filter(({ code, said }) => said !== code).map(({ said }) => said);
  const all = [...new Set([...names, ...(status.split(' ').includes('L') ? [t(W.open)] : [])])];
  return all.length > 0 ? t(W.from, { names: all.join(t.lang === 'zh' ? '、' : ', ') }) : '';
}

/** The source of the rule behind a remark; "" where no rule is. What the county confirmed is open no more. */
export function sourceOf(t: T, form: Form, finding: Finding, county?: CountyDays): string {
  const rule = form.rules.find(({ id }) => id === finding.rule);
  if (!rule) return '';
  const settled = county?.confirmed?.[`${form.id}/${form.version}`]?.includes(rule.id);
  return saySource(t, settled ? rule.status.replace(/ ?\bL\b/, '') : rule.status);
}
