/** Documents received, bags counted and hand-outs without a name, over a real store. */
import { beforeAll, describe, expect, test } from 'vitest';
import { book, moreForms } from '../../generated/rulebook';
import type { Balance } from '../../rules/stock';
import type { Answers, Rec } from '../../store/api';
import { lineTo } from '../../sync/testing/line';
import { director, startPhone, VILLAGE, type Phone } from '../../sync/testing/phone';
import { Town } from '../../sync/testing/town';
import { bagOf, inBag, oddIn } from '../../ui/bag';
import { compared, keyOf, linesToCount } from './counting';
import { byNumber, knownDocument, receiptOf, waiting } from './documents';
import { begun, given, lotsToGive, unasked } from './giving';
import { numberOf, type Document } from '../../rules/document';
import { receipt } from './receipt';

const TODAY = '2026-12-01';
const ME = director().id;
const BAG = bagOf(ME);
const STATION = '990131101';
const LINE = { item: 'condom', lot: 'A', expiry: '2027-06-30', qty: 40 };
const SHEET: Document = { record: '0198f000-0000-7000-8000-0000a1b2c3d4', from_place: STATION, to_place: BAG, on: '2026-11-20', lines: [LINE] };

beforeAll(moreForms);

const start = (name = 'wang'): Promise<Phone> => startPhone(lineTo(new Town()), { name });
const here = (phone: Phone): readonly Rec[] => phone.store.loose.value;
const write = (phone: Phone, answers: Answers, occurredOn = TODAY) => phone.store.record({ form: 'stock', area: VILLAGE, occurredOn, answers });
const counts = (n: number): Answers => receipt(SHEET, [LINE], { [keyOf(LINE)]: n });
const usable = (phone: Phone): number[] => inBag(here(phone), ME).lots.map((lot) => lot.usable);

describe('a document', () => {
  test('is received as it was counted, offline', async () => {
    const phone = await start();
    await write(phone, counts(38));
    expect([usable(phone), here(phone)[0]?.answers]).toEqual([[38], { movement: 'in', of: SHEET.record, from_place: STATION, to_place: BAG, lines: [{ ...LINE, qty: 38 }] }]);
  });
  test('is known as received after a restart', async () => {
    const phone = await start();
    await write(phone, counts(40));
    await phone.restart();
    expect(receiptOf(here(phone), SHEET.record)?.occurredOn).toBe(TODAY);
  });
  test('that two phones received counts once; the first receipt wins and the other is told', async () => {
    const phone = await start();
    await write(phone, counts(40), '2026-11-30');
    await write(phone, counts(39));
    expect([usable(phone), oddIn(here(phone), ME).again.map((r) => r.occurredOn), receiptOf(here(phone), SHEET.record)?.occurredOn]).toEqual([[40], [TODAY], '2026-11-30']);
  });
  test('whose receipt was taken back can be received again', async () => {
    const phone = await start();
    await phone.store.undo(await write(phone, counts(40)));
    expect(receiptOf(here(phone), SHEET.record)).toBeUndefined();
  });
  test('waits until it is received, and is found by its number', async () => {
    const phone = await start();
    const issue = await write(phone, { movement: 'out', from_place: STATION, to_place: BAG, lines: [LINE] }, '2026-11-20');
    expect([waiting(here(phone), BAG), byNumber(here(phone), numberOf(issue))]).toEqual([[{ ...SHEET, record: issue }], { ...SHEET, record: issue }]);
    await write(phone, { ...counts(40), of: issue });
    expect([waiting(here(phone), BAG), knownDocument(here(phone), issue)?.record]).toEqual([[], issue]);
  });
  test('for a colleague’s bag does not wait for her', async () => {
    const phone = await start();
    await write(phone, { movement: 'out', from_place: STATION, to_place: bagOf('another'), lines: [LINE] });
    expect(waiting(here(phone), BAG)).toEqual([]);
  });
});

const balance = (lot: string, n: number, expiry = '2027-06-30', item = 'condom'): Balance => ({ at: { point: BAG, item, lot, expiry }, usable: n, set_aside: 0 });
const lot = (name: string) => ({ item: 'condom', lot: name, expiry: '2027-06-30' });

describe('a count', () => {
  test('asks for every lot of the book and for what she found besides, each once', () => {
    expect(linesToCount([balance('A', 40), balance('B', -3), balance('N', 0)], [lot('C'), lot('A'), lot('C')]).map((line) => line.lot)).toEqual(['A', 'B', 'C']);
  });
  test('stands beside the book, nothing for a lot that the book does not know', () => {
    const rows = compared([lot('A'), lot('C'), lot('D')], [balance('A', 40)], { [keyOf(lot('A'))]: 38, [keyOf(lot('C'))]: 2, [keyOf(lot('D'))]: null });
    expect(rows.map((row) => [row.line.lot, row.book, row.counted])).toEqual([['A', 40, 38], ['C', 0, 2]]);
  });
  test('is one record, after which the book says what was counted', async () => {
    const phone = await start();
    await write(phone, { movement: 'in', to_place: BAG, lines: [LINE, { ...LINE, lot: 'B', qty: 10 }] }, '2026-11-01');
    await write(phone, { movement: 'count', from_place: BAG, lines: [{ ...LINE, qty: 37 }, { ...LINE, lot: 'B', qty: 10 }] });
    expect([usable(phone), oddIn(here(phone), ME).counts.length]).toEqual([[37, 10], 1]);
  });
});

describe('a hand-out without a name', () => {
  const form = () => book.forms.contraceptive_supply as NonNullable<(typeof book.forms)[string]>;
  test('is of what needs no question to her and no technician', () => {
    expect(unasked(form()).map(({ code }) => code)).toEqual(['condom', 'ecp', 'n9_film', 'n9_supp', 'n9_gel']);
  });
  test('takes the lot that expires first, and none that has expired or is used up', () => {
    const lots = [balance('L', 9, '2028-01-31'), balance('S', 5, '2027-01-31'), balance('O', 4, TODAY), balance('N', 0, '2026-12-31')];
    const there = lotsToGive({ items: new Set(['condom']), lots }, 'condom', TODAY);
    expect([there.map(({ lot }) => lot), begun('condom', there)]).toEqual([['S', 'L'], { item: 'condom', lot: 'S', expiry: '2027-01-31' }]);
  });
  test.each([[TODAY, false, 'error'], [TODAY, true, 'warn'], ['2026-12-02', false, undefined]])('typed by hand with expiry %s, clock in doubt %s: %s', (expiry, doubt, level) => {
    const found = given(form(), { item: 'condom', qty: 10, lot: 'X', expiry }, TODAY, 'director', doubt);
    expect(found.find(({ field }) => field === 'expiry')?.level).toBe(level);
  });
  test('leaves the bag and names nobody', async () => {
    const phone = await start();
    await write(phone, counts(40));
    await phone.store.record({ form: 'contraceptive_supply', area: VILLAGE, occurredOn: TODAY, answers: { item: 'condom', qty: 20, lot: 'A', expiry: '2027-06-30' } });
    const gone = here(phone).find(({ form: id }) => id === 'contraceptive_supply');
    expect([usable(phone), gone?.person, gone?.household]).toEqual([[20], undefined, undefined]);
  });
});
