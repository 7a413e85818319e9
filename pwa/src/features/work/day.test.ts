/** A campaign day: who agreed, who was seen, who was written down twice. */
import { describe, expect, test } from 'vitest';
import { book } from '../../generated/rulebook';
import type { Answers, Bundle, Rec } from '../../store/api';
import { campaigns, dayOf, guests, type Day } from './day';

const [VILLAGE, TODAY, FORM] = ['990131101201', '2026-12-01', 'cervical_screening'];
let made = 0;
const rec = (form: string, person: string, occurredOn: string, answers: Answers, author = 't'): Rec => ({
  id: `r${(made += 1)}`, form, version: 1, occurredOn, answers, role: 'technician', author, person, status: 'live', where: 'here',
});
const agreed = (person: string, decision = 'given'): Rec => rec('consent', person, '2026-11-01', { purpose: 'screening', decision });
const screened = (person: string, on = TODAY, answers: Answers = { step: 'screen', method: 'hpv' }, author = 't'): Rec => rec(FORM, person, on, answers, author);
const home = (number: string, people: readonly string[], records: readonly Rec[], area = VILLAGE): Bundle => ({
  household: { id: `h${number}`, area, group: '1', number, rev: {} },
  persons: people.map((id) => ({ id, household: `h${number}`, name: id, rev: {} })), records: [...records],
});
const day = (...bundles: Bundle[]): Day => dayOf(guests(bundles, VILLAGE, FORM, TODAY));
const names = (list: Day['waiting']): string[] => list.map((guest) => guest.person.id);

describe('the list of a campaign day', () => {
  test('holds those of the village who agreed to screening, door by door', () => {
    const found = day(home('9', ['b'], [agreed('b')]), home('2', ['a', 'x'], [agreed('a')]), home('1', ['c'], [agreed('c')], '990131101202'));
    expect(names(found.waiting)).toEqual(['a', 'b']);
  });
  test.each(['declined', 'withdrawn'])('holds nobody who has %s', (decision) => expect(day(home('1', ['a'], [agreed('a', decision)])).waiting).toEqual([]));
  test('moves on: whoever is recorded stands among those seen', () => {
    const found = day(home('1', ['a', 'b'], [agreed('a'), agreed('b'), screened('a')]));
    expect([names(found.waiting), names(found.seen)]).toEqual([['b'], ['a']]);
  });
  test('puts those who were here at an earlier round behind', () => {
    const found = day(home('1', ['a'], [agreed('a'), screened('a', '2024-05-01')]), home('2', ['b'], [agreed('b')]));
    expect([names(found.waiting), found.waiting[1]?.before?.occurredOn]).toEqual([['b', 'a'], '2024-05-01']);
  });
  test('does not take a later step for a second time', () => {
    const first = screened('a');
    expect(day(home('1', ['a'], [agreed('a'), first, screened('a', TODAY, { step: 'triage', of: first.id })])).twice).toEqual([]);
  });
});

describe('two technicians on one day', () => {
  test('who both wrote her down are told so, and both records stay', () => {
    const found = day(home('1', ['a'], [agreed('a'), screened('a'), screened('a', TODAY, { step: 'screen', method: 'via' }, 'other')]));
    expect([names(found.twice), found.twice[0]?.seen.length, found.seen.length]).toEqual([['a'], 2, 1]);
  });
  test('see no void record', () => {
    const gone = { ...screened('a'), status: 'void' as const };
    expect([day(home('1', ['a'], [agreed('a'), gone])).seen.length, names(day(home('1', ['a'], [agreed('a'), gone])).waiting)]).toEqual([0, ['a']]);
  });
});

describe('the summary', () => {
  test('counts who came and said no thank you among those seen', () => {
    expect(day(home('1', ['a'], [agreed('a'), screened('a', TODAY, { step: 'screen', declined: true })])).declined).toBe(1);
  });
  test('of 300 women is there at once', () => {
    const bundles = Array.from({ length: 300 }, (_, n) => home(String(n + 1), [`p${String(n)}`], [agreed(`p${String(n)}`), ...(n % 2 ? [screened(`p${String(n)}`)] : [])]));
    expect([day(...bundles).waiting.length, day(...bundles).seen.length]).toEqual([150, 150]);
  });
});

describe('the forms of a campaign day', () => {
  test('are a technician’s screenings, and none are a director’s', () => {
    const ids = (role: string): string[] => campaigns(Object.values(book.forms), role).map((form) => form.id).sort();
    expect([ids('technician'), ids('director')]).toEqual([['breast_screening', 'cervical_screening', 'preconception', 'rti_screening'], []]);
  });
});
