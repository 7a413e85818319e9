import { expect, test } from 'vitest';
import { Mirror, type Stored } from './mirror';
import { createView } from './view';

const HOUSE = '018f0000-0000-7000-8000-000000000001';
const LI = '018f0000-0000-7000-8000-000000000002';
const about = { person: LI, household: HOUSE };
const record = (note: string | null): Stored => ({ id: 'r', kind: 'record', schema: 'contraceptive_supply/1', ...about, body: { occurred_on: '2026-10-25', answers: { qty: 10, ...(note ? { note } : {}) } } });
const amend = (id: string, note: string): Stored => ({ id, kind: 'amend', schema: 'contraceptive_supply/1', ...about, body: { of: 'r', answers: { note } } });

/** What a phone shows that holds these events of the village's and of the worker's own feed, which came in this order. */
function noteOn(feeds: [string, Stored[]][]) {
  const mirror = new Mirror((f) => f === 'own');
  mirror.put('village', HOUSE, { h: { id: HOUSE, set: {}, rev: {} }, p: { [LI]: { id: LI, set: { household: HOUSE }, rev: {} } }, e: [] });
  for (const [f, e] of feeds) mirror.put(f, f === 'own' ? LI : HOUSE, { ...(mirror.get(f, HOUSE) ?? { p: {} }), e });
  const view = createView(mirror, () => []);
  view.rebuild('all');
  return view.bundles.value.get(HOUSE)?.records.map((rec) => rec.answers.note);
}

test('a correction that a snapshot put into the answers does not come after a later one', () => {
  expect(noteOn([['village', [record('first'), amend('b', 'second')]], ['own', [amend('a', 'first'), amend('b', 'second')]]])).toEqual(['second']);
});

test('a correction of hers that a snapshot overtook does not come back', () => {
  expect(noteOn([['village', [record('second')]], ['own', [amend('a', 'first')]]])).toEqual(['second']);
});

test('what her own feed had first stands behind the village, whichever came first', () => {
  expect(noteOn([['own', [record(null), amend('a', 'first')]], ['village', [record('second')]]])).toEqual(['second']);
});

test('what waits for a consent is shown with its corrections from her own feed', () => {
  expect(noteOn([['own', [record(null), amend('a', 'first'), amend('b', 'second')]]])).toEqual(['second']);
});
