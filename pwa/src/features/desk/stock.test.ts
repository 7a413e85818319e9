import { beforeAll, describe, expect, test } from 'vitest';
import { moreForms } from '../../generated/rulebook';
import { speak } from '../../i18n/words';
import { asMovement, begin, bodyOf, goodAt, items, lotsAt, minded, sayItem, sayPoint } from './stockPlan';
import type { StockRow, StockShown } from './stockShapes';

beforeAll(moreForms);

const zh = speak('zh');
const HOME = '990131101';
const row = (over: Partial<StockRow>): StockRow => ({ point: HOME, item: 'condom', lot: 'A', expiry: '2027-01-31', usable: 10, set_aside: 0, state: null, ...over });

describe('a movement', () => {
  const draft = { ...begin(HOME, '2026-11-01', 'condom'), lines: [{ key: 1, item: 'condom', lot: ' A ', expiry: '2027-01-31', qty: '50' }] };
  test('that comes in comes from the county into the store', () => {
    expect(bodyOf(draft, HOME)).toMatchObject({ movement: 'in', from_place: '990131', to_place: HOME, lines: [{ item: 'condom', lot: 'A', expiry: '2027-01-31', qty: 50 }] });
  });
  test('that goes out leaves the store for the place she chooses', () => {
    const out = { ...asMovement(draft, 'out', HOME), to: 'bag:w' };
    expect(bodyOf(out, HOME)).toMatchObject({ movement: 'out', from_place: HOME, to_place: 'bag:w' });
  });
  test('that is counted names one place', () => expect(bodyOf(asMovement({ ...draft, to: 'x' }, 'count', HOME), HOME)).not.toHaveProperty('to_place'));
});

describe('the book', () => {
  test('offers what expires first on top, and only what lies there', () => {
    const rows = [row({ lot: 'B', expiry: '2028-01-01' }), row({}), row({ lot: 'C', usable: 0 }), row({ lot: 'D', point: 'bag:w' })];
    expect(lotsAt(rows, HOME, 'condom').map((one) => one.lot)).toEqual(['A', 'B']);
  });
  test('opens what is good for an order: all but what expired, with what is missing', () => {
    const rows = [row({}), row({ lot: 'OLD', expiry: '2026-11-01' }), row({ lot: 'MISSING', usable: -4, expiry: '2026-01-01' }), row({ lot: 'NONE', usable: 0 }), row({ item: 'coc' })];
    expect(goodAt({ rows, on: '2026-11-01' } as unknown as StockShown, 'condom').map((one) => one.lot)).toEqual(['A', 'MISSING']);
  });
  test.each([[{ usable: -3 }, 'below'], [{ state: 'expired' }, 'expired'], [{ state: 'soon' }, 'soon'], [{}, undefined]] as [Partial<StockRow>, string | undefined][])(
    'says what to mind about %j', (over, word) => expect(minded(row(over))?.word).toBe(word));
  test('names items, bags and the county', () => {
    expect([sayItem(zh, 'folic_acid'), items().length, sayPoint(zh, { 'bag:w': '王芳' }, 'bag:w'), sayPoint(zh, {}, '990131')]).toEqual(['叶酸', 12, '王芳的包', '县里']);
  });
});
