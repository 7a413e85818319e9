import { beforeAll, describe, expect, test } from 'vitest';
import { moreForms } from '../../generated/rulebook';
import { begunWith, numbersOf, sayTurn, sayVariant, typed, type DaysDecision, type DaysInForce } from './countyTrial';
import { speak } from '../../i18n/words';
import { count, kindOf, listed, sayGround, seen, toggled, type OpenValue } from './countyValues';
import { tabsOf } from './rooms';

beforeAll(moreForms); // the names of sources lie with the rarer forms

const value = (place: string, confirmed: OpenValue['confirmed'] = null): OpenValue =>
  ({ place, file: { zh: '表', en: 'form' }, name: { zh: '条', en: 'value' }, status: 'L', lines: [], print: `print of ${place}`, confirmed });
const by = { by: '周', at: 1, ground: '会议纪要' };
const values = [value('schedules/breast'), value('schedules/breast.decline', by), value('forms/anc.abdomen'), value('stock.order'), value('schedules/pill', by)];

describe('what the county confirms', () => {
  test('falls into kinds', () => expect(values.map(kindOf)).toEqual(['days', 'rest', 'forms', 'other', 'days']));
  test('is listed by kind, the confirmed apart', () => {
    expect(listed(values, 'days', false).map(({ place }) => place)).toEqual(['schedules/breast']);
    expect(listed(values, 'days', true).map(({ place }) => place)).toEqual(['schedules/pill']);
    expect([count(values, false), count(values, true)]).toEqual([3, 2]);
  });
  test('goes out with the fingerprints she saw, of what she picked alone', () => {
    expect(seen(values, new Set(['stock.order']))).toEqual({ 'stock.order': 'print of stock.order' });
  });
  test('is picked and let go by the same press', () => {
    const once = toggled(new Set(), 'stock.order');
    expect([[...once], [...toggled(once, 'stock.order')]]).toEqual([['stock.order'], []]);
  });
  test('says what it rests on without codes', () => {
    expect(['S[C7] L', 'S[ZZ] L', 'K L', 'D L', 'L'].map((status) => sayGround(speak('zh'), status))).toEqual(['依据：上环取环常规', '有出处', '常见做法，还要核实', '本系统定的', '没有出处，由当地定']);
  });
  test('is a page of the county alone', () => {
    expect([tabsOf('county'), tabsOf('station')].map((tabs) => tabs.some(({ name }) => name === 'county'))).toEqual([true, false]);
    expect(tabsOf('station')).toHaveLength(9);
  });
});

describe('other days', () => {
  const words = { zh: '满 28 天', en: '28 days on' };
  const cn = { id: 'iud_cn', zh: '看环', en: 'IUD check', status: 'S[C7] L', words: [words, words], steps: [[28, 30, 35, 60], [700, 730, 761, 821]], every: 365 };
  const who = { id: 'iud_who', zh: '看环（世卫组织）', en: 'IUD check (WHO)', status: 'S[W1]', words: [words], steps: [[21, 42, 49, 90]], every: null };
  const stood: DaysInForce = { id: 'iud_cn', zh: '看环', en: 'IUD check', number: 0, variant: 'iud_cn', own: cn.steps, steps: [[1, 2, 3, 4], [5, 6, 7, 8]], variants: [cn, who] };
  const decided = { variant_before: 'iud_cn', variant_after: 'iud_who' } as DaysDecision;
  test('begin as they stand, those of another variant as the rulebook has them', () => {
    expect([begunWith(stood, cn), begunWith(stood, who)]).toEqual([[['1', '2', '3', '4'], ['5', '6', '7', '8']], [['21', '42', '49', '90']]]);
  });
  test('of a variant are said with its times and its source, without codes', () => {
    expect([cn, who].map((one) => sayVariant(speak('zh'), one))).toEqual(['看环，1 次，以后每 365 天。依据：上环取环常规', '看环（世卫组织），1 次。依据：世卫计划生育参考程序']);
  });
  test('say which variant was followed before and since, where it changed', () => {
    const zh = speak('zh');
    expect(sayTurn(zh, decided, stood)).toBe(`${sayVariant(zh, cn)} → ${sayVariant(zh, who)}`);
    expect([sayTurn(zh, { ...decided, variant_before: null, variant_after: null }, stood), sayTurn(zh, decided, undefined)]).toEqual(['', '']);
  });
  test('are sent as numbers once each is one', () => {
    const rows = typed([['27', '30', '31', '61']], 0, 1, '29 ');
    expect([numbersOf(rows), numbersOf(typed(rows, 0, 2, '')), numbersOf(typed(rows, 0, 2, '3x')), numbersOf([['-30', '0', '1', '31']])]).toEqual([[[27, 29, 31, 61]], undefined, undefined, [[-30, 0, 1, 31]]]);
  });
});
