import { expect, test } from 'vitest';
import type { Rec } from './api';
import { guestBundle, isGuest } from './guests';

const GUEST = '6b86b273-ff34-8ce1-9d6b-804eff5a3f57';
const rec = (id: string, person: string): Rec => ({
  id, form: 'contraceptive_supply', version: 1, occurredOn: '2026-11-22', answers: {}, role: 'director', author: 'w', person, status: 'live', where: 'here',
});

test('a holder of a card has what was recorded for her here, and no door', () => {
  const guest = guestBundle(GUEST, '990131102201', [rec('1', GUEST), rec('2', 'other'), rec('3', GUEST)]);
  expect([guest.persons[0]?.id, guest.household.none, guest.records.map((r) => r.id)]).toEqual([GUEST, true, ['1', '3']]);
});

test('nobody else goes by such an id', () => {
  expect([isGuest(GUEST), isGuest('01a20287-a7f8-71ae-8fee-b0212654abac')]).toEqual([true, false]);
});
