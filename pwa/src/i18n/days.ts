/**
 * Days and hours in words. Days are "YYYY-MM-DD" or vague {year, month?}; hours are ms since 1970;
 * `today` is always an argument, only clock.ts reads the clock.
 */
import type { T, Word } from './words';

export type Vague = string | { readonly year: number; readonly month?: number };

const WEEK: readonly Word[] = [
  ['周日', 'Sun'], ['周一', 'Mon'], ['周二', 'Tue'], ['周三', 'Wed'], ['周四', 'Thu'], ['周五', 'Fri'], ['周六', 'Sat'],
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Parts {
  readonly y: number;
  readonly m: number;
  readonly d: number;
}

function parts(day: string): Parts {
  return { y: Number(day.slice(0, 4)), m: Number(day.slice(5, 7)), d: Number(day.slice(8, 10)) };
}

const utc = (day: string): number => {
  const { y, m, d } = parts(day);
  return Date.UTC(y, m - 1, d);
};

/** Whole days from one day to another, negative if `to` is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / 86_400_000);

/** The day `n` days after. */
export const plusDays = (day: string, n: number): string => new Date(utc(day) + n * 86_400_000).toISOString().slice(0, 10);

/** The Sunday that ends the week of this day (weeks begin on Monday). */
export const endOfWeek = (day: string): string => plusDays(day, (7 - new Date(utc(day)).getUTCDay()) % 7);

/** A moment's day and hour on the phone's own clock face. */
export function local(ms: number): { day: string; hour: string } {
  const at = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    day: `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    hour: `${String(at.getHours())}:${two(at.getMinutes())}`,
  };
}

/** 12月1日, or 2024年12月1日 in another year: 1 Dec, 1 Dec 2024. */
export function sayDay(t: T, day: string, today: string): string {
  const { y, m, d } = parts(day);
  const short = t.lang === 'zh' ? `${String(m)}月${String(d)}日` : `${String(d)} ${MONTHS[m - 1] ?? ''}`;
  if (y === parts(today).y) return short;
  return t.lang === 'zh' ? `${String(y)}年${short}` : `${short} ${String(y)}`;
}

/** "7 日" within today's month, else as `sayDay`: for a tag. */
export function sayShort(t: T, day: string, today: string): string {
  if (t.lang === 'zh' && day.slice(0, 7) === today.slice(0, 7)) return ` ${String(parts(day).d)} 日`;
  return sayDay(t, day, today);
}

/** A month "YYYY-MM". */
export const sayMonth = (t: T, month: string, today: string): string => {
  const found = { year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) };
  return t.lang === 'zh' && found.year === parts(today).y ? `${String(found.month)}月` : sayVague(t, found, today);
};

/** A day that may be known only to the month or year. */
export function sayVague(t: T, when: Vague, today: string): string {
  if (typeof when === 'string') return sayDay(t, when, today);
  if (when.month === undefined) return t.lang === 'zh' ? `${String(when.year)}年` : String(when.year);
  if (t.lang === 'zh') return `${String(when.year)}年${String(when.month)}月`;
  return `${MONTHS[when.month - 1] ?? ''} ${String(when.year)}`;
}

export const sayWeekday = (t: T, day: string): string => t(WEEK[new Date(utc(day)).getUTCDay()] ?? ['', '']);

const NEAR: Readonly<Record<string, Word>> = { '0': ['今天', 'today'], '1': ['昨天', 'yesterday'] };

/** 今天 18:42, 昨天 19:05, 11月29日 12:10. */
export function sayHour(t: T, ms: number, today: string): string {
  const { day, hour } = local(ms);
  const near = NEAR[String(daysBetween(day, today))];
  return `${near ? t(near) : sayDay(t, day, today)} ${hour}`;
}

/** Whole years of age on a day; a vague birth counts from the middle of what is known. */
export function ageOn(birth: Vague, today: string): number {
  const born = typeof birth === 'string' ? birth : `${String(birth.year)}-${String(birth.month ?? 7).padStart(2, '0')}-01`;
  const a = parts(born);
  const b = parts(today);
  return b.y - a.y - (b.m < a.m || (b.m === a.m && b.d < a.d) ? 1 : 0);
}

const TENS = ['初', '十', '廿', '三'];
const ONES = ['十', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LUNAR_DAY = (n: number): string => (n === 20 ? '二十' : n === 10 ? '初十' : `${TENS[Math.floor(n / 10)] ?? ''}${ONES[n % 10] ?? ''}`);

/** 十月廿三, the day villagers count by; empty where the browser has no such calendar. */
export function lunar(day: string): string {
  try {
    const format = new Intl.DateTimeFormat('zh-u-ca-chinese', { month: 'long', day: 'numeric', timeZone: 'UTC' });
    const found = format.formatToParts(new Date(utc(day)));
    const month = found.find((p) => p.type === 'month')?.value ?? '';
    const number = parseInt(found.find((p) => p.type === 'day')?.value ?? '', 10);
    return month.endsWith('月') && number > 0 ? month + LUNAR_DAY(number) : '';
  } catch {
    return '';
  }
}
