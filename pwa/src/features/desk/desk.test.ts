import { describe, expect, test } from 'vitest';
import { speak } from '../../i18n/words';
import { sayReason } from '../../ui/reasons';
import { sayBoth, sayChoice } from './items';
import { carries, fresh, isChanged, items, linesOf, rowsOf } from './bagRows';
import { sayDeskCode } from './deskCodes';
import { step } from './keys';
import { fits } from './places';
import { percent, shares } from './shares';
import type { FoundInside } from './importShapes';
import { silentOnes } from './silence';
import { base64, sums } from './upload';
import { ask, type Director, type Figure, type InboxItem, type Village } from './wire';

const zh = speak('zh');
const figure: Figure = {
  numerator: 1096, denominator: 1206, percent: '90.88', base: '', base_en: '', area: '990131101', on: '2026-11-01', hidden: 0, k: 0,
  mix: { ster_m: 2, ster_f: 243, iud: 804, supplies: 47, none: 110 },
};
const conflict = (kept: string, offered: string): InboxItem => ({
  id: 'i', kind: 'conflict', at: 0, area: null, choices: ['kept', 'offered'], decision: null, decided_by: null, decided_at: null,
  subject: { type: 'person', id: 'p', name: '李玉梅' }, field: 'phone', kept, offered, kept_by: null, kept_at: null, offered_by: null, offered_at: null, people: null, actor: null, asked: null, reason: null, event: null,
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

describe('arrow keys in a list', () => {
  test.each([['ArrowDown', -1, 0], ['ArrowDown', 2, 2], ['ArrowUp', 0, 0], ['Home', 2, 0], ['End', 0, 2], ['x', 0, null]] as const)('%s from %i', (key, at, to) => {
    expect(step(key, at, 3)).toBe(to);
  });
  test('an empty list takes no key', () => expect(step('ArrowDown', -1, 0)).toBeNull());
});

describe('silent phones', () => {
  const day = (n: number): number => new Date(2026, 10, n, 9).getTime();
  const director = (id: string, seen: number | null, phones = 1): Director => ({ id, name: id, phones, unsent: 0, last_seen: seen, last_push_at: null });
  const village = (code: string, ...directors: Director[]): Village => ({ code, name: code, households: 0, persons: 0, done: 0, waiting: 0, late: 0, directors });
  test('stand once each with all their villages, in the register’s order', () => {
    const found = silentOnes([village('a', director('w', day(1))), village('b', director('w', day(1)), director('x', day(19)))], '2026-11-20');
    expect(found.map((one) => [one.director.id, one.villages])).toEqual([['w', ['a', 'b']]]);
  });
  test('who has no phone, or never sent, is not silent', () => {
    expect(silentOnes([village('a', director('w', null), director('x', day(1), 0))], '2026-11-20')).toEqual([]);
  });
});

describe('areas of a role', () => {
  const areas = [{ code: '990131101', name: '柏坡镇' }, { code: '990131101201', name: '东坡村' }];
  test('a director has villages, a technician the township', () => {
    expect([fits(areas, 'director').map((a) => a.name), fits(areas, 'technician').map((a) => a.name), fits(areas, 'county')]).toEqual([['东坡村'], ['柏坡镇'], []]);
  });
});
test('a refusal that only the desk meets has words of its own, others the app’s', () => {
  expect([sayDeskCode(zh, 'not_held'), sayDeskCode(zh, 'busy')]).toEqual(['这个村已经不归她了，刷新看看', '镇里忙，等会儿再来']);
});

describe('an import', () => {
  test('adds up its villages', () => {
    const village = (n: number) => ({ name: '村', known: true, new: n, changed: 1, unchanged: 2 });
    expect(sums({ villages: [village(1), village(3)] } as unknown as FoundInside)).toEqual({ new: 4, changed: 2, unchanged: 4 });
  });
  test('bytes travel as base64', () => expect(base64(new Uint8Array([80, 75, 3, 4, 255]))).toBe('UEsDBP8='));
});

describe('the lines of a bag', () => {
  const line = { item: 'condom', lot: '2409A', expiry: '2027-08-01', qty: 200 };
  test('come from the rulebook’s list of items', () => expect(items().map((one) => one.code)).toContain('n9_gel'));
  test('are changed by what is typed, not by blanks around it', () => {
    const [row] = rowsOf([line]);
    if (!row) throw new Error('no row');
    expect([isChanged([row], [line]), isChanged([{ ...row, lot: ' 2409A ' }], [line]), isChanged([{ ...row, qty: '7' }], [line]), isChanged([], [line])]).toEqual([false, false, true, true]);
    expect(linesOf([{ ...row, lot: ' 2409A ', qty: '7' }])).toEqual([{ ...line, qty: 7 }]);
  });
  test('begin a new one with the item written last', () => expect(fresh(rowsOf([{ ...line, item: 'inj' }]))).toMatchObject({ key: 1, item: 'inj', lot: '' }));
  test('are for those who hand something out', () => expect([carries(['director']), carries(['station']), carries(['liaison'])]).toEqual([true, false, false]));
});
