/** Why something is due, in words: 11月3日上的，满 28 天，12月1—7日可去镇里看; the twin of server/rules/wording.py. */
import * as dates from './dates';
import { inEnglish } from './english';
import { isPlain, own } from './own';
import type { Words } from './shapes';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const monthName = (month: number): string => MONTHS[month - 1] ?? '';

type Values = { readonly [place: string]: () => Words };

/**
 * Put each value in its `{place}`; a place without a value stays as it is. Written when it is read: of ten thousand
 * people's dues a page shows twenty, and in one tongue.
 */
export function fill({ zh, en }: Words, values: Values): Words {
  return {
    get zh() { return filled(zh, values, (words) => words.zh); },
    get en() { return filled(inEnglish(zh, en), values, (words) => inEnglish(words.zh, words.en)); },
  };
}

function filled(template: string, values: Values, say: (words: Words) => string): string {
  let text = template;
  for (const key of Object.keys(values)) {
    const place = `{${key}}`;
    if (!text.includes(place)) continue;
    const value = values[key]?.();
    if (value) text = text.split(place).join(say(value));
  }
  return text;
}

/** A day number as 12月1日 / 1 Dec, with its year where that is not today's; today itself is 今天 / today. */
export function day(value: number, today: number): Words {
  if (value === today) return { zh: '今天', en: 'today' };
  const [now] = dates.parts(today);
  return { zh: dateZh(value, now), en: dateEn(value, now) };
}

/** A day text or vague date as she said it: 3月5日, 2012年3月, 2012年. */
export function said(value: unknown, today: number): Words {
  if (!isPlain(value)) return day(dates.number(value) ?? 0, today);
  const year = Number(own(value, 'year'));
  const month = own(value, 'month');
  if (typeof month !== 'number') return { zh: `${year}年`, en: `${year}` };
  return { zh: `${year}年${month}月`, en: `${monthName(month)} ${year}` };
}

/** Two days as 12月1—7日 / 1–7 Dec, no more said than needed. */
export function window(first: number, last: number, today: number): Words {
  if (first === last) return day(first, today);
  const [year, monthOf, start] = dates.parts(first);
  const [endYear, endMonth, end] = dates.parts(last);
  const [now] = dates.parts(today);
  if (year === endYear && monthOf === endMonth) {
    const head = year === now ? '' : `${year}年`;
    const tail = year === now ? '' : ` ${year}`;
    return { zh: `${head}${monthOf}月${start}—${end}日`, en: `${start}–${end} ${monthName(monthOf)}${tail}` };
  }
  const same = year === endYear;
  return {
    zh: `${dateZh(first, now)}—${dateZh(last, same ? year : now)}`,
    en: `${dateEn(first, same ? endYear : now)} – ${dateEn(last, now)}`,
  };
}

function dateZh(value: number, knownYear: number): string {
  const [year, monthOf, number] = dates.parts(value);
  return year === knownYear ? `${monthOf}月${number}日` : `${year}年${monthOf}月${number}日`;
}

function dateEn(value: number, knownYear: number): string {
  const [year, monthOf, number] = dates.parts(value);
  return `${number} ${monthName(monthOf)}${year === knownYear ? '' : ` ${year}`}`;
}

/** The month of a day number: 2026年12月 / Dec 2026. */
export function month(value: number): Words {
  const [year, number] = dates.parts(value);
  return { zh: `${year}年${number}月`, en: `${monthName(number)} ${year}` };
}

/** A number or word that reads the same in both languages. */
export const plain = (value: string | number): Words => ({ zh: `${value}`, en: `${value}` });
