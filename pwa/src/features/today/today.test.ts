import { describe, expect, test } from 'vitest';
import type { Bundle, DueItem, Rec } from '../../store/api';
import { doneToday } from './done';
import { duties, waitingNow } from '../../ui/due';
import { firstOfGroup, sections, whenOf } from './doors';

const TODAY = '2026-12-01'; // a Tuesday
const item = (more: Partial<DueItem>): DueItem => ({
  schedule: 's', record: 'r', person: 'p1', household: 'h1', form: 'contraceptive_supply', state: 'due', late: 0,
  due: TODAY, opens: TODAY, closes: TODAY, expires: '2027-01-01', why: { zh: '', en: '' }, ...more,
});
const person = (id: string, household: string) => ({ id, household, name: id, rev: {} });
const bundle = (id: string, group: string, people: string[], records: Rec[] = []): Bundle => ({
  household: { id, area: '990131101201', group, number: '1', rev: {} }, persons: people.map((p) => person(p, id)), records,
});
const village = (...bundles: Bundle[]) => new Map(bundles.map((b) => [b.household.id, b]));
const rec = (id: string, more: Partial<Rec> = {}): Rec => ({
  id, form: 'household_visit', version: 1, occurredOn: TODAY, answers: {}, role: 'director', author: 'me', person: 'p1', status: 'live', where: 'here', ...more,
});

describe('where an item stands', () => {
  test('late is late', () => expect(whenOf(item({ state: 'overdue', due: '2026-11-29' }), TODAY)).toBe('overdue'));
  test('its day is today', () => expect(whenOf(item({}), TODAY)).toBe('today'));
  test('an open window whose day comes later is this week', () => expect(whenOf(item({ due: '2026-12-03', closes: '2026-12-07' }), TODAY)).toBe('week'));
  test('what opens on Sunday still is this week', () => expect(whenOf(item({ state: 'later', due: '2026-12-20', opens: '2026-12-06' }), TODAY)).toBe('week'));
  test('what opens on Monday is not', () => expect(whenOf(item({ state: 'later', due: '2026-12-20', opens: '2026-12-07' }), TODAY)).toBeNull());
});

describe('doors', () => {
  test('a door stands once, where its most urgent item belongs', () => {
    const found = sections([item({ state: 'overdue', due: '2026-11-29' }), item({ person: 'p2' })], village(bundle('h1', '1组', ['p1', 'p2'])), TODAY);
    expect([found.overdue.map((d) => d.tasks.map((t) => t.person.id)), found.today]).toEqual([[['p1', 'p2']], []]);
  });
  test('doors stand in the order one walks', () => {
    const both = village(bundle('h1', '2组', ['p1']), bundle('h2', '1组', ['p2']));
    expect(sections([item({}), item({ person: 'p2', household: 'h2' })], both, TODAY).today.map((d) => d.household.id)).toEqual(['h2', 'h1']);
  });
  test('a group is named once, where one enters it', () => {
    const all = village(bundle('h1', '1组', ['p1']), bundle('h2', '2组', ['p2']), bundle('h3', '2组', ['p3']));
    const found = sections([item({}), item({ person: 'p2', household: 'h2' }), item({ person: 'p3', household: 'h3' })], all, TODAY);
    expect(firstOfGroup(found.today)).toEqual(['h1', 'h2']);
  });
  test('an item of someone who is gone from this phone shows nothing', () => {
    expect(sections([item({ person: 'gone' })], village(bundle('h1', '1组', ['p1'])), TODAY).today).toEqual([]);
  });
});

describe('done today', () => {
  const done = (...records: Rec[]) => doneToday(village(bundle('h1', '1组', ['p1'], records)), 'me', TODAY);
  test('is one line a person, newest record first', () => expect(done(rec('1'), rec('2'))[0]?.records.map((r) => r.id)).toEqual(['2', '1']));
  test('can be undone while nothing of it was sent', () => expect(done(rec('1'))[0]?.undoable).toBe(true));
  test('cannot be undone once a part was sent', () => expect(done(rec('1'), rec('2', { where: 'town' }))[0]?.undoable).toBe(false));
  test('is hers alone, live and of today', () => {
    expect(done(rec('1', { author: 'else' }), rec('2', { status: 'void' }), rec('3', { occurredOn: '2026-11-30' }))).toEqual([]);
  });
});

test('nobody is sent to do another’s work', () => {
  const items = [item({ form: 'household_visit' }), item({ form: 'contraceptive_supply' }), item({ form: null })];
  expect(duties(items, ['technician']).map((one) => one.form)).toEqual(['contraceptive_supply', null]);
});

test('the tab counts what is due and what is late, and nothing that is still to come', () => {
  expect(waitingNow([item({}), item({ state: 'overdue' }), item({ state: 'later' })])).toBe(2);
});
