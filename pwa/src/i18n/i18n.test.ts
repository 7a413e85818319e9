import { describe, expect, test } from 'vitest';
import { ageOn, daysBetween, endOfWeek, lunar, plusDays, sayDay, sayHour, sayVague, sayWeekday } from './days';
import { maskName, maskPhone } from './masks';
import { speak } from './words';

const zh = speak('zh');
const en = speak('en');

describe('words', () => {
  test('a number fills its place', () => expect(zh(['过了 {n} 天', ''], { n: 2 })).toBe('过了 2 天'));
  test('English picks one or many by the number', () => {
    const word = ['{n} 天', '{n} {n|day|days}'] as const;
    expect([en(word, { n: 1 }), en(word, { n: 3 })]).toEqual(['1 day', '3 days']);
  });
  test('a place without a value stays visible', () => expect(en(['', 'to {day}'], {})).toBe('to {day}'));
});

describe('days', () => {
  test('this year needs no year', () => expect(sayDay(zh, '2026-11-03', '2026-12-01')).toBe('11月3日'));
  test('another year is named', () => expect(sayDay(en, '2024-03-08', '2026-12-01')).toBe('8 Mar 2024'));
  test('a month alone is not made into a day', () => expect(sayVague(zh, { year: 2012, month: 3 }, '2026-12-01')).toBe('2012年3月'));
  test('a week ends on its Sunday', () => expect([endOfWeek('2026-12-01'), endOfWeek('2026-12-06')]).toEqual(['2026-12-06', '2026-12-06']));
  test('days are counted over a leap day', () => expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2));
  test('days are added over a year', () => expect(plusDays('2026-12-31', 1)).toBe('2027-01-01'));
  test('a weekday has its name', () => expect(sayWeekday(zh, '2026-12-01')).toBe('周二'));
  test('last evening is yesterday', () => {
    expect(sayHour(zh, new Date(2026, 10, 30, 19, 5).getTime(), '2026-12-01')).toBe('昨天 19:05');
  });
  test('age counts whole years', () => expect([ageOn('1988-12-02', '2026-12-01'), ageOn('1988-12-01', '2026-12-01')]).toEqual([37, 38]));
  test('a birth known to the year has an age', () => expect(ageOn({ year: 1988 }, '2026-12-01')).toBe(38));
  test('the village calendar is told in its own words', () => expect(lunar('2026-12-01')).toBe('十月廿三'));
});

describe('masks', () => {
  test('a telephone keeps its ends', () => expect(maskPhone('13812345678')).toBe('138****5678'));
  test('a rare family name is one sign', () => expect(maskName('𠮷桂兰')).toBe('𠮷**'));
});
