import { describe, expect, test } from 'vitest';
import { speak } from '../i18n/words';
import type { Bundle, Change } from '../store/api';
import { sayChange, wayBack } from './said';

const zh = speak('zh');
const home: Bundle = { household: { id: 'h2', area: 'v', group: '3组', number: '12', rev: {} }, persons: [], records: [] };
const SAID = { bundles: new Map([['h2', home]]), today: '2026-12-01' };
const change = (set: Change['set'], was?: Change['was'], more: Partial<Change> = {}): Change => ({ id: 'c', at: 0, author: 'w', role: 'director', where: 'town', set, ...(was ? { was } : {}), ...more });

describe('a change in words', () => {
  test.each<[string, Change, string]>([
    ['a telephone by its last four', change({ phone: '13800005678' }, { phone: '13800006310' }), '电话从 6310 改成 5678'],
    ['a word of a list', change({ residence: 'moved_out' }, { residence: 'resident' }), '户籍状态从 常住 改成 流出'],
    ['a place that may be where she came from or where she is', change({ residence_place: 'outside' }, { residence_place: 'province' }), '来处或去处从 省内 改成 省外'],
    ['where nothing stood', change({ note: '住村口' }, { note: null }), '备注记上了：住村口'],
    ['what was taken away', change({ phone: null }, { phone: '13800006310' }), '电话去掉了（原来是 6310）'],
    ['a vague birthday', change({ birth: { year: 1988, month: 4 } }, { birth: { year: 1987 } }), '出生日期从 1987年 改成 1988年4月'],
    ['a household by its door', change({ household: 'h2' }, { household: 'gone' }), '户从 另一户 改成 3组 12号'],
    ['somebody new', change({ name: '周桂兰' }, undefined, { born: true }), '新加的'],
    ['two values', change({ phone: '13800005678' }, undefined, { clashes: ['phone'] }), '电话有两个说法：你记的是 5678，镇里还有一个，站里会来定'],
  ])('%s', (_, given, words) => expect(sayChange(zh, SAID, 'person', given)).toEqual([words]));
});

describe('the way back', () => {
  test('is the outbox while it was not sent', () => expect(wayBack(change({ phone: '2' }, { phone: '1' }, { where: 'here' }), { phone: '2' })).toBe('undo'));
  test('is one more patch while it still stands', () => {
    expect(wayBack(change({ phone: '2' }, { phone: '1' }), { phone: '2' })).toBe('restore');
    expect(wayBack(change({ phone: null }, { phone: '1' }), {})).toBe('restore');
  });
  test('is none once something else stands, nor for an ID number, nor where two values are kept', () => {
    expect(wayBack(change({ phone: '2' }, { phone: '1' }), { phone: '3' })).toBeNull();
    expect(wayBack(change({ id_last4: '002X' }, { id_last4: '1234' }), { id_last4: '002X' })).toBeNull();
    expect(wayBack(change({ phone: '2' }, undefined, { clashes: ['phone'] }), { phone: '2' })).toBeNull();
  });
});
