import { describe, expect, test } from 'vitest';
import { count, kindOf, listed, seen, toggled, type OpenValue } from './countyValues';
import { tabsOf } from './rooms';

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
  test('is a page of the county alone', () => {
    expect([tabsOf('county'), tabsOf('station')].map((tabs) => tabs.some(({ name }) => name === 'county'))).toEqual([true, false]);
    expect(tabsOf('station')).toHaveLength(9);
  });
});
