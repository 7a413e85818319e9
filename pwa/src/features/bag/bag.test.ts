/** Her bag as her phone adds it up, over a real store. */
import { beforeAll, describe, expect, test } from 'vitest';
import { moreForms } from '../../generated/rulebook';
import type { Answers, Rec } from '../../store/api';
import { lineTo } from '../../sync/testing/line';
import { director, startPhone, VILLAGE, type Phone } from '../../sync/testing/phone';
import { Town } from '../../sync/testing/town';
import { bagOf, inBag, lotSays, oddIn } from '../../ui/bag';
import { groups } from './items';

const TODAY = '2026-12-01';
const ME = director().id;
const BAG = bagOf(ME);
const STATION = '990131101';

beforeAll(moreForms);

const line = (qty: number, lot = 'A', expiry = '2027-06-30', item = 'condom'): Answers => ({ item, lot, expiry, qty });
const here = (phone: Phone): readonly Rec[] => phone.store.loose.value;

async function phoneWith(...movements: [day: string, answers: Answers][]): Promise<Phone> {
  const phone = await startPhone(lineTo(new Town()));
  for (const [occurredOn, answers] of movements) await phone.store.record({ form: 'stock', area: VILLAGE, occurredOn, answers });
  return phone;
}
const gives = (phone: Phone, qty: number, lot = 'A') =>
  phone.store.record({ form: 'contraceptive_supply', area: VILLAGE, occurredOn: TODAY, answers: { item: 'condom', qty, lot, expiry: '2027-06-30' } });
const left = (phone: Phone): [string, number][] => inBag(here(phone), ME).lots.map(({ at, usable }) => [at.lot, usable]);

const CAME: [string, Answers] = ['2026-11-01', { movement: 'in', from_place: STATION, to_place: BAG, lines: [line(100)] }];

describe('her bag', () => {
  test('is what was issued to it less what she gave, without a network and after a restart', async () => {
    const phone = await phoneWith(CAME);
    await gives(phone, 20);
    await phone.restart();
    expect(left(phone)).toEqual([['A', 80]]);
  });
  test('goes below nothing and is not clamped', async () => {
    const phone = await phoneWith(CAME);
    await gives(phone, 130);
    expect([left(phone), groups(inBag(here(phone), ME).lots)[0]?.n]).toEqual([[['A', -30]], -30]);
  });
  test('forgets what she took back', async () => {
    const phone = await phoneWith(CAME);
    await phone.store.undo(await gives(phone, 20));
    expect(left(phone)).toEqual([['A', 100]]);
  });
  test('loses what she returned and keeps aside what she wrote off', async () => {
    const phone = await phoneWith(CAME,
      ['2026-11-02', { movement: 'return', from_place: BAG, to_place: STATION, lines: [line(30)] }],
      ['2026-11-03', { movement: 'damage', from_place: BAG, lines: [line(5)] }]);
    const [lot] = inBag(here(phone), ME).lots;
    expect([lot?.usable, lot?.set_aside]).toEqual([65, 5]);
  });
  test('is what was counted from then on, and tells the difference', async () => {
    const phone = await phoneWith(CAME, ['2026-11-05', { movement: 'count', from_place: BAG, lines: [line(96)] }]);
    expect([left(phone), oddIn(here(phone), ME).counts.map(({ book, counted }) => [book, counted])]).toEqual([[['A', 96]], [[100, 96]]]);
  });
  test('knows nothing of a colleague’s bag', async () => {
    const phone = await phoneWith(['2026-11-01', { movement: 'in', to_place: bagOf('another'), lines: [line(100)] }]);
    expect(inBag(here(phone), ME)).toEqual({ items: new Set(), lots: [] });
  });
  test('speaks of an item only once something of it was written down', async () => {
    const phone = await phoneWith();
    await gives(phone, 20);
    expect([inBag(here(phone), ME).items.size, left(phone)]).toEqual([0, [['A', -20]]]);
  });
  test('shows the lot that expires first on top, and none that is used up', async () => {
    const phone = await phoneWith(['2026-11-01', { movement: 'in', to_place: BAG, lines: [line(10, 'L', '2028-01-31'), line(5, 'S', '2027-01-31'), line(0, 'N'), line(3, 'F', '2027-01-31', 'folic_acid')] }]);
    expect(groups(inBag(here(phone), ME).lots).map(({ item, lots }) => [item, lots.map(({ at }) => at.lot)])).toEqual([['condom', ['S', 'L']], ['folic_acid', ['F']]]);
  });
});

test.each([['2027-06-30', false, null], ['2027-05-29', false, 'soon'], ['2027-02-28', false, 'urgent'], [TODAY, false, 'expired'], [TODAY, true, 'maybe_expired']])(
  'a lot that expires on %s, clock in doubt %s, is said to be %s', (expiry, doubt, said) => expect(lotSays(expiry, TODAY, doubt)).toBe(said));
