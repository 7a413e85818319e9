/** What was begun and is not ended, for whoever may see it. */
import { describe, expect, test } from 'vitest';
import type { Answers, Bundle, Person, Rec } from '../../store/api';
import { lists, loops, type Lists, type Loop } from './loops';

const TODAY = '2026-12-01';
let made = 0;
const rec = (form: string, occurredOn: string, answers: Answers, more: Partial<Rec> = {}): Rec => ({
  id: `r${(made += 1)}`, form, version: 1, occurredOn, answers, role: 'director', author: 'd', person: 'p', household: 'h', status: 'live', where: 'town', ...more,
});
const yes = (purpose: string): Rec => rec('consent', '2026-01-01', { purpose, decision: 'given' });
const sent = (on: string, more: Answers = {}): Rec => rec('referral', on, { step: 'sent', urgency: 'soon', reason: '血压偏高', ...more });
const step = (of: Rec, on: string, answers: Answers): Rec => rec('referral', on, { of: of.id, ...answers }, { role: 'technician' });
const PERSON = { id: 'p', household: 'h', name: '周桂兰', rev: {} } as unknown as Person;
const home = (records: Rec[]): Bundle => ({ household: { id: 'h', area: '990131101201', rev: {} }, persons: [PERSON], records: [yes('service_record'), yes('screening'), ...records] });
const found = (records: Rec[], role = 'technician', today = TODAY): Lists => lists(loops([home(records)], role, today));
const stages = (part: readonly Loop[]): string[] => part.map((loop) => loop.stage);

describe('a referral', () => {
  test.each([
    ['sent', []], ['received', [{ step: 'received' }]], ['attended', [{ step: 'received' }, { step: 'attended', attended_on: '2026-11-30' }]],
    ['result', [{ step: 'attended', attended_on: '2026-11-30', result: '血压正常' }]],
  ] as [string, Answers[]][])('stands for the technician as %s until she closes it', (stage, steps) => {
    const first = sent('2026-11-28');
    expect(stages(found([first, ...steps.map((one) => step(first, '2026-11-30', one))]).referrals)).toEqual([stage]);
  });
  test('that is closed stands as ended, whatever was found', () => {
    const first = sent('2026-11-28');
    const { referrals, ended } = found([first, step(first, '2026-11-30', { step: 'closed', close_reason: 'attended', result: 'x' })]);
    expect([referrals.length, stages(ended)]).toEqual([0, ['ended']]);
  });
  test('shows its sender that it is over, from a note that says neither form nor finding', () => {
    const note = rec('', '2026-11-30', {}, { seenAs: 'note', role: 'technician', purpose: 'service_record' });
    expect([found([sent('2026-11-28')], 'director').referrals.length, stages(found([sent('2026-11-28'), note], 'director').ended)]).toEqual([1, ['ended']]);
  });
  test.each([['2026-11-10', 'waiting'], ['2026-11-09', 'late'], ['2026-10-18', 'late']])('of %s is %s by the rulebook’s days', (on, time) => {
    expect(found([sent(on)]).referrals.map((loop) => loop.time)).toEqual([time]);
  });
  test('of which there is no word until the schedule gives up stands among the lost', () => {
    const lost = found([sent('2026-10-17')]);
    expect([lost.referrals.length, stages(lost.lost)]).toEqual([0, ['sent']]);
  });
  test('whose woman said no thank you stands nowhere but as ended', () => {
    const first = sent('2026-10-01');
    const { lost, referrals, ended } = found([first, step(first, '2026-10-05', { step: 'closed', close_reason: 'refused' })]);
    expect([lost, referrals, ended]).toEqual([[], [], []]);
  });
  test('stands nowhere once she withdrew her consent', () => {
    const all = found([sent('2026-11-28'), rec('consent', '2026-11-29', { purpose: 'service_record', decision: 'withdrawn' })]);
    expect(Object.values(all).flat()).toEqual([]);
  });
  test('that was voided stands nowhere', () => expect(found([{ ...sent('2026-11-28'), status: 'void' }]).referrals).toEqual([]));
  test('comes before a less urgent and a younger one', () => {
    const reasons = found([sent('2026-11-20', { urgency: 'routine', reason: 'c' }), sent('2026-11-28', { reason: 'b' }), sent('2026-11-29', { urgency: 'emergency', reason: 'a' })]).referrals;
    expect(reasons.map((loop) => loop.record.answers.reason)).toEqual(['a', 'b', 'c']);
  });
});

const smear = (on: string, hpv: string): Rec => rec('cervical_screening', on, { step: 'screen', method: 'hpv', hpv }, { role: 'technician' });

describe('a screening', () => {
  test('whose sample was taken and is not back is awaited', () => expect(found([smear('2026-11-20', 'pending')]).awaited.map((loop) => loop.days)).toEqual([11]));
  test('that found something is to be seen again, and one that found nothing is not', () => {
    expect([found([smear('2026-11-20', 'p1618')]).next.length, found([smear('2026-11-20', 'neg')]).next.length]).toEqual([1, 0]);
  });
  test('that was followed up stands no more', () => {
    const first = smear('2026-11-01', 'p1618');
    expect(found([first, rec('cervical_screening', '2026-11-20', { step: 'colposcopy', of: first.id, colposcopy: 'normal' }, { role: 'technician' })]).next).toEqual([]);
  });
  test('of a woman who then said no thank you stands in no list', () => {
    const all = found([smear('2026-07-01', 'p1618'), rec('cervical_screening', '2026-07-20', { step: 'screen', declined: true }, { role: 'technician' })]);
    expect(Object.values(all).flat()).toEqual([]);
  });
  test('without word for long is lost, with its day', () => expect(found([smear('2026-07-01', 'p1618')]).lost).toHaveLength(1));
  test('is none of a director’s business', () => expect(Object.values(found([smear('2026-11-20', 'pending')], 'director')).flat()).toEqual([]));
});
