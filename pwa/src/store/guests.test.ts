import { expect, test } from 'vitest';
import type { Rec } from './api';
import { guestBundles } from './guests';

const GUEST = '6b86b273-ff34-8ce1-9d6b-804eff5a3f57';
const rec = (id: string, person: string): Rec => ({
  id, form: 'contraceptive_supply', version: 1, occurredOn: '2026-11-22', answers: {}, role: 'director', author: 'w', person, status: 'live', where: 'here',
});

test('a holder of a card is somebody of whom something was recorded; anybody else without a household is not', () => {
  const [guest, ...others] = guestBundles('990131102201', [rec('1', GUEST), rec('2', '01a20287-a7f8-71ae-8fee-b0212654abac'), rec('3', GUEST)]);
  expect(others).toEqual([]);
  expect([guest?.persons[0]?.id, guest?.household.none, guest?.records.map((r) => r.id)]).toEqual([GUEST, true, ['1', '3']]);
});
