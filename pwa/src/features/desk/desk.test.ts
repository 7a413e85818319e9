import { describe, expect, test } from 'vitest';
import { speak } from '../../i18n/words';
import { sayReason } from '../../ui/reasons';
import { sayBoth, sayChoice } from './items';
import { percent, shares } from './shares';
import { ask, type Figure, type InboxItem } from './wire';

const zh = speak('zh');
const figure: Figure = {
  numerator: 1096, denominator: 1206, percent: '90.88', base: '', base_en: '', area: '990131101', on: '2026-11-01', hidden: 0, k: 0,
  mix: { ster_m: 2, ster_f: 243, iud: 804, supplies: 47, none: 110 },
};
const conflict = (kept: string, offered: string): InboxItem => ({
  id: 'i', kind: 'conflict', at: 0, area: null, choices: ['kept', 'offered'], decision: null, decided_by: null, decided_at: null,
  subject: { type: 'person', id: 'p', name: '李玉梅' }, field: 'phone', kept, offered, actor: null, reason: null, event: null,
});

describe('the method mix', () => {
  test('gives the register’s shares, most used first', () => {
    expect(shares(figure).map((row) => [row.code, row.share])).toEqual([['iud', '73.36%'], ['ster_f', '22.17%'], ['supplies', '4.29%'], ['ster_m', '0.18%']]);
  });
  test('a hidden count has no share', () => expect(shares({ ...figure, mix: { iud: null } })).toEqual([{ code: 'iud', n: null, share: null }]));
  test('rounds half up', () => expect([percent(1, 800), percent(1, 3), percent(0, 0)]).toEqual(['0.13%', '33.33%', null]));
});

describe('a conflict', () => {
  test('covers both telephones', () => expect(sayBoth(zh, conflict('13800005521', '13900000937'))).toEqual({ kept: '138****5521', offered: '139****0937' }));
  test('opens two that would look the same covered', () => {
    expect(sayBoth(zh, conflict('13811115521', '13822225521'))).toEqual({ kept: '13811115521', offered: '13822225521' });
  });
  test('a button names a telephone by its last four', () => expect(sayChoice(zh, conflict('13800005521', '13900000937'), 'kept')).toBe('留 5521'));
});

test('a broken rule names its field', () => expect(sayReason(zh, 'rule_broken:qty', 'contraceptive_supply')).toBe('有一项和规则不合（发几个）'));
test('an address leaves out what is empty', () => expect(ask('/x', { area: '99', part: '', on: null })).toBe('/x?area=99'));
