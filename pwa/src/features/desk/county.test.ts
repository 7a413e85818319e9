import { beforeAll, describe, expect, test } from 'vitest';
import { book, moreForms } from '../../generated/rulebook';
import { linesOf, numbersOf, tried, typed } from './countyTrial';
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
  const iud = tried(book.schedules).find(({ id }) => id === 'iud_cn');
  test('are tried for schedules in use that count from a record', () => {
    expect(tried(book.schedules).every(({ active, kind }) => active && kind === 'record')).toBe(true);
    expect(tried(book.schedules).map(({ id }) => id)).not.toContain('anc_who');
  });
  test('begin as they stand, a repeated step last and named', () => {
    if (!iud) throw new Error('no such schedule');
    const lines = linesOf(iud, [[28, 30, 35, 60], ...iud.steps.slice(1).map(() => [0, 0, 0, 0]), [700, 730, 761, 821]]);
    expect([lines[0]?.days, lines[lines.length - 1]]).toEqual([['28', '30', '35', '60'], { words: { zh: '满 2 年', en: '2 years on' }, days: ['700', '730', '761', '821'] }]);
  });
  test('are sent as numbers once each is one', () => {
    const rows = typed([['27', '30', '31', '61']], 0, 1, '29 ');
    expect([numbersOf(rows), numbersOf(typed(rows, 0, 2, '')), numbersOf(typed(rows, 0, 2, '3x')), numbersOf([['-30', '0', '1', '31']])]).toEqual([[[27, 29, 31, 61]], undefined, undefined, [[-30, 0, 1, 31]]]);
  });
});
