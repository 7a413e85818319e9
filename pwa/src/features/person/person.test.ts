import { describe, expect, test } from 'vitest';
import { speak } from '../../i18n/words';
import { sayRecord } from '../../ui/record';
import type { Answers, Change, Rec } from '../../store/api';
import { changed, happenings, over, permissions, received } from './about';
import { sayWho, whereOf } from './about';

const TODAY = '2026-12-01';
const zh = speak('zh');
const rec = (id: string, form: string, answers: Answers, more: Partial<Rec> = {}): Rec => ({
  id, form, version: 1, occurredOn: '2026-03-08', answers, role: 'director', author: 'me', person: 'p', status: 'live', where: 'town', ...more,
});
const consent = (id: string, decision: string, more: Answers = {}, day = '2026-03-08') =>
  rec(id, 'consent', { purpose: 'supply', decision, text_version: 'supply_1', ...more }, { occurredOn: day });

describe('what she agreed to', () => {
  test('is one line a purpose, the newest word', () => {
    const found = permissions([consent('2', 'declined', {}, '2026-05-01'), consent('1', 'given', { mode: 'sign' })], TODAY);
    expect(found.map((p) => [p.purpose, p.stands, p.record.id])).toEqual([['supply', 'declined', '2']]);
  });
  test('ends when she withdraws', () => {
    const found = permissions([consent('1', 'given', { mode: 'sign' }), consent('2', 'withdrawn', { of: '1' }, '2026-06-01')], TODAY);
    expect(found.map((p) => p.stands)).toEqual(['withdrawn']);
  });
  test('does not count when void', () => expect(permissions([{ ...consent('1', 'given'), status: 'void' }], TODAY)).toEqual([]));
});

describe('what she got', () => {
  const given = (qty: number, day: string, status: 'live' | 'void' = 'live') => rec(day, 'contraceptive_supply', { item: 'condom', qty }, { occurredOn: day, status });
  test('is summed over the calendar year, void records left out', () => {
    expect(received([given(20, '2026-02-01'), given(10, '2026-11-01'), given(50, '2025-12-31'), given(9, '2026-04-01', 'void')], TODAY)).toEqual([{ item: 'condom', qty: 30 }]);
  });
});

describe('a correction', () => {
  test('leaves alone what another phone corrected while she was at it', () => {
    const touched = { b: 2, c: null };
    const now = { a: 'theirs', b: 1, c: 3 };
    expect(changed(now, over(now, touched))).toEqual({ b: 2, c: null });
  });
  test('holds only what changed, and null where an answer was taken away', () => {
    expect(changed({ a: 1, b: ['x'], c: 'old' }, { a: 1, b: ['y'] })).toEqual({ b: ['y'], c: null });
  });
});

describe('the timeline', () => {
  test('a sent record with an unsent correction is still on this phone', () => {
    expect(whereOf(rec('1', 'household_visit', {}, { amends: [{ id: '2', author: 'me', role: 'director', reason: 'r', answers: {}, was: {}, where: 'here' }] }))).toBe('here');
  });
  test('an imported record is the register’s', () => expect(sayWho(zh, rec('1', 'contraceptive_followup', {}, { role: 'station', author: 'x' }), 'me', {})).toBe('登记册里的'));
  test('a colleague goes by her name, and by her role until that is known', () => {
    const hers = rec('1', 'household_visit', {}, { author: 'w' });
    expect([sayWho(zh, hers, 'me', { w: '王秀英' }), sayWho(zh, hers, 'me', {})]).toEqual(['王秀英记的', '村妇女主任记的']);
  });
  test('holds changes of her details between the records, newest first', () => {
    const change = (id: string, at: number): Change => ({ id, at, author: 'me', role: 'director', where: 'town', set: { phone: '2' }, was: { phone: '1' } });
    const happened = happenings([rec('b', 'note', {}, { occurredOn: '2026-03-09' }), rec('a', 'note', {})], [change('x', Date.UTC(2026, 2, 8, 4)), change('y', Date.UTC(2026, 3, 1, 4))]);
    expect(happened.map((one) => (one.record ?? one.change)?.id)).toEqual(['y', 'b', 'x', 'a']);
  });
  test('a note says neither form nor finding', () => {
    expect(sayRecord(zh, rec('1', 'note', {}, { seenAs: 'note', next: '2026-12' }), TODAY)).toBe('12月底前可去见技术员');
  });
  test('a hand-out says what and how many', () => expect(sayRecord(zh, rec('1', 'contraceptive_supply', { item: 'condom', qty: 20 }), TODAY)).toBe('领避孕套 20 只'));
});
