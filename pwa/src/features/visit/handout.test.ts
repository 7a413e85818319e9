import { describe, expect, test } from 'vitest';
import { speak } from '../../i18n/words';
import type { Answers, Bag, Rec } from '../../store/api';
import type { Booked } from '../../ui/bag';
import { carried } from '../../ui/carried';
import { firstLot, lastCount, picked, unreferred } from './handout';
import { calls, deedsOf, emptyDraft, errorsAnywhere, inputs, referred, type VisitDraft, type Who } from './plan';

const zh = speak('zh');
const TODAY = '2026-12-01';
const WHO: Who = { person: 'p', household: 'h', area: '990131101201', birth: '1988-03-01', role: 'director', day: TODAY, standing: { service_record: 'given', supply: 'given' } };
const BAG: Bag = { at: 1000, lines: [
  { item: 'condom', lot: '2502C', expiry: '2028-01-31', qty: 20 },
  { item: 'condom', lot: '2409A', expiry: '2027-08-31', qty: 46 },
  { item: 'condom', lot: '2301B', expiry: '2026-11-30', qty: 9 },
  { item: 'coc', lot: 'K7', expiry: '2027-02-28', qty: 6 },
] };
const gave = (answers: Answers, at = 2000, author = 'me'): Rec => ({
  id: `${at}`, form: 'contraceptive_supply', version: 1, occurredOn: TODAY, answers, role: 'director', author, person: 'p', status: 'live', where: 'here', at,
});
const NO_BOOK: Booked = { items: new Set(), lots: [] };
const there = (item: string, lot: string, expiry: string, usable: number): Booked['lots'][number] => ({ at: { point: 'bag:me', item, lot, expiry }, usable, set_aside: 0 });
const wish = (item: string, more: Answers = {}): VisitDraft => picked({ ...emptyDraft(0, 'visit'), visit: { presence: 'met', purpose: ['supply'] } }, WHO, item, more, zh);

describe('the bag as the desk listed it', () => {
  test('offers what expires first on top and no lot that has expired', () => {
    expect(carried(BAG, NO_BOOK, [], 'me', TODAY).map(({ item, lots }) => [item, lots.map((lot) => lot.lot)])).toEqual([['condom', ['2409A', '2502C']], ['coc', ['K7']]]);
  });
  test('holds what was handed to her less what she gave since', () => {
    const given = [gave({ item: 'condom', qty: 20, lot: '2409A' }), gave({ item: 'condom', qty: 5, lot: '2409A' }, 500), gave({ item: 'condom', qty: 7, lot: '2409A' }, 2001, 'other')];
    expect(carried(BAG, NO_BOOK, given, 'me', TODAY)[0]?.lots.map((lot) => lot.left)).toEqual([26, 20]);
  });
  test('offers condoms even when nothing was ever written down', () => {
    expect(carried({ lines: [], at: 0 }, NO_BOOK, [], 'me', TODAY)).toEqual([{ item: 'condom', lots: [], left: 0 }]);
  });
  test('that is empty by the books gives its lot all the same', () => {
    const lots = carried(BAG, NO_BOOK, [gave({ item: 'condom', qty: 46, lot: '2409A' }), gave({ item: 'condom', qty: 20, lot: '2502C' })], 'me', TODAY)[0]?.lots ?? [];
    expect(firstLot(lots, [], 'me', 'condom', TODAY)).toEqual({ lot: '2409A', expiry: '2027-08-31' });
  });
  test('gives of the next lot once the first is used up', () => {
    const lots = carried(BAG, NO_BOOK, [gave({ item: 'condom', qty: 46, lot: '2409A' })], 'me', TODAY)[0]?.lots ?? [];
    expect(firstLot(lots, [], 'me', 'condom', TODAY)).toEqual({ lot: '2502C', expiry: '2028-01-31' });
  });
  test('no longer shows a lot that is used up', () => {
    expect(carried(BAG, NO_BOOK, [gave({ item: 'condom', qty: 46, lot: '2409A' })], 'me', TODAY)[0]?.lots.map((lot) => lot.lot)).toEqual(['2502C']);
  });
  test('proposes as many as she got last time', () => expect(lastCount([gave({ item: 'condom', qty: 30 })], 'condom')).toEqual({ qty: 30 }));
});

describe('the bag by the book', () => {
  const book: Booked = { items: new Set(['condom']), lots: [there('condom', 'N1', '2028-01-31', 30), there('condom', 'N0', '2027-01-31', 12), there('condom', 'O', '2026-11-30', 5)] };
  test('wins over the desk’s list for every item that it knows of', () => {
    expect(carried(BAG, book, [], 'me', TODAY).map(({ item, lots, left }) => [item, lots.map((lot) => lot.lot), left])).toEqual([['condom', ['N0', 'N1'], 42], ['coc', ['K7'], 6]]);
  });
  test('offers what may have expired while the clock is in doubt', () => expect(carried(BAG, book, [], 'me', '')[0]?.lots[0]?.lot).toBe('O'));
  test('says what is missing and offers its lot all the same', () => {
    const short = { ...book, lots: [there('condom', 'N0', '2027-01-31', -20)] };
    expect(carried(BAG, short, [], 'me', TODAY)[0]).toEqual({ item: 'condom', left: -20, lots: [{ item: 'condom', lot: 'N0', expiry: '2027-01-31', left: -20 }] });
  });
  test('holds nothing that the supply form does not hand out', () => {
    const pills: Booked = { items: new Set(['folic_acid']), lots: [there('folic_acid', 'F1', '2027-01-31', 12)] };
    expect(carried({ lines: [], at: 0 }, pills, [], 'me', TODAY).map(({ item }) => item)).toEqual(['condom']);
  });
});

describe('a lot that the phone takes for expired', () => {
  const typed: VisitDraft = { ...wish('condom', { qty: 10, lot: 'X', expiry: '2026-11-30' }) };
  test('is refused when it is typed by hand', () => expect(errorsAnywhere(typed, WHO).map(({ field, code }) => [field, code])).toEqual([['expiry', 'past']]));
  test('is not refused while the clock is in doubt', () => expect(errorsAnywhere(typed, { ...WHO, doubt: true })).toEqual([]));
});

describe('a wish', () => {
  test('for condoms is handed out and never refused', () => {
    const draft = wish('condom', { qty: 500, lot: '2409A', expiry: '2027-08-31' });
    expect([deedsOf(draft), errorsAnywhere(draft, WHO)]).toEqual([['supply'], []]);
  });
  test.each(['inj', 'iud', 'implant'])('for %s becomes a referral', (item) => {
    const draft = wish(item, { qty: 3 });
    expect([draft.refer, draft.referral.urgency, draft.supply]).toEqual([true, 'routine', { item, no_supply: 'referred' }]);
    expect(inputs(draft, WHO).map((i) => i.form)).toEqual(['household_visit', 'contraceptive_supply', 'referral']);
  });
  test('for the emergency pill is met at once; with none at hand it is an urgent referral', () => {
    expect(wish('ecp', { qty: 1 }).refer).toBe(false);
    const none = { ...wish('ecp'), supply: { item: 'ecp', no_supply: 'stock_out' } };
    expect(referred(none, calls(none, WHO), '').referral.urgency).toBe('emergency');
  });
  test('for a first pill calls for the technician', () => {
    const first = { ...wish('coc'), supply: { item: 'coc', first_use: true } };
    expect(calls(first, WHO).map((rule) => rule.field)).toContain('item');
  });
  test('for an injection leaves condoms to be given now, and the referral stands', () => {
    const draft = picked(wish('inj'), WHO, 'condom', { qty: 10 }, zh);
    expect([draft.refer, draft.supply]).toEqual([true, { item: 'condom', qty: 10 }]);
  });
  test('of hers not to see the technician takes the referral back', () => {
    expect([unreferred(wish('inj')).refer, unreferred(wish('inj')).supply]).toEqual([false, {}]);
  });
});
