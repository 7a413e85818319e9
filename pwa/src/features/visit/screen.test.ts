/** The questions before a pill, inside a hand-out: who is asked what, and what comes of each answer. */
import { beforeAll, describe, expect, test } from 'vitest';
import { book, type Form, moreForms } from '../../generated/rulebook';
import { speak } from '../../i18n/words';
import { visible } from '../../rules/forms';
import type { Answers, Rec } from '../../store/api';
import { picked, told } from './handout';
import { emptyDraft, errorsAnywhere, inputs, type VisitDraft, type Who } from './plan';
import { opening, screened, verdict } from './screen';

beforeAll(moreForms);

const zh = speak('zh');
const WHO: Who = { person: 'p', household: 'h', area: '990131101201', birth: '1988-03-01', role: 'director', day: '2026-12-01', standing: { service_record: 'given', supply: 'given' } };
const DOCTOR: Who = { ...WHO, role: 'technician' };
const form = (): Form => book.forms.pill_screen as Form;
const QUESTIONS = ['new_illness', 'severe_headache', 'leg_pain', 'chest', 'vision', 'jaundice'];
const answers = (over: Answers = {}): Answers => ({ talk: 'no', ...Object.fromEntries(QUESTIONS.map((key) => [key, 'no'])), ...over });
const THIRTEEN = ['age_smoke', 'high_bp', 'clot_stroke_heart', 'migraine', 'breast_cancer', 'liver', 'diabetes', 'gallbladder', 'drugs', 'surgery', 'postpartum', 'lupus_kidney', 'bleeding'];
const first = (over: Answers = {}): Answers => ({
  kind: 'first', preg_sign: 'no', preg_check: ['preg_menses7'], ...Object.fromEntries(THIRTEEN.map((key) => [key, 'no'])), bp_done: 'measured', bp_sys: 118, bp_dia: 76, ...over,
});
const pill = (who: Who): VisitDraft => picked(emptyDraft(0, 'handout'), who, 'coc', { qty: 3, lot: 'K7', expiry: '2027-02-28' }, zh);
const after = (said: Answers, who: Who = WHO): VisitDraft => screened(pill(who), form(), who, said, zh);
const written = (draft: VisitDraft, who: Who = WHO): string[] => inputs(draft, who).map((input) => input.form);

describe('a director hands out more of the same pill', () => {
  test('after seven questions, none about pregnancy', () => {
    const asked = visible(form(), {}, 'director').filter((key) => !/^(declined|bp_)/.test(key));
    expect(asked).toEqual(['talk', ...QUESTIONS]);
  });
  test('and with seven times no it is given, the questions kept before it', () => {
    const draft = after(answers());
    expect([draft.supply.screen, draft.refer, errorsAnywhere(draft, WHO), written(draft)]).toEqual(['clear', false, [], ['pill_screen', 'contraceptive_supply']]);
  });
  test.each(QUESTIONS.flatMap((key) => [[key, 'yes'], [key, 'unknown']]))('but not when %s is answered with %s: a referral stands, with its reason', (key, said) => {
    const draft = after(answers({ [key ?? '']: said ?? '' }));
    expect([draft.supply.screen, draft.refer, draft.referral.reason === '']).toEqual(['refer', true, false]);
    expect(written(draft)).toEqual(['pill_screen', 'contraceptive_supply', 'referral']);
  });
  test.each(['severe_headache', 'leg_pain', 'chest', 'vision', 'jaundice'])('and %s is an emergency', (key) => expect(after(answers({ [key]: 'yes' })).referral.urgency).toBe('emergency'));
  test('and a wish to talk is arranged while the pill is given', () => {
    const draft = after(answers({ talk: 'yes' }));
    expect([draft.supply.screen, draft.refer, draft.referral.urgency]).toEqual(['clear', true, 'routine']);
  });
  test('with one question open it is neither given nor refused', () => {
    const { jaundice, ...rest } = answers();
    expect([jaundice, verdict(form(), rest, WHO), errorsAnywhere(after(rest), WHO).map((f) => f.field)]).toEqual(['no', null, ['screen']]);
  });
  test('even when the pressure cannot be taken', () => expect(after(answers({ bp_done: 'cannot' })).supply.screen).toBe('clear'));
  test('whose answers are not kept without her consent: only that they were asked', () => {
    const shy = { ...WHO, standing: { supply: 'given' } };
    expect(written(after(answers(), shy), shy)).toEqual(['contraceptive_supply']);
  });
});

describe('an answer taken back', () => {
  test('takes the referral it made along', () => {
    const draft = screened(after(answers({ chest: 'yes' })), form(), WHO, answers(), zh);
    expect([draft.supply.screen, draft.refer]).toEqual(['clear', false]);
  });
});

describe('condoms instead', () => {
  test('are given at once, and what was asked and arranged stays', () => {
    const draft = picked(after(answers({ leg_pain: 'yes' })), WHO, 'condom', { qty: 10 }, zh);
    expect([draft.supply, written(draft)]).toEqual([{ item: 'condom', qty: 10 }, ['pill_screen', 'contraceptive_supply', 'referral']]);
  });
});

describe('a first pill', () => {
  test('is not a director’s: it becomes a referral as soon as she says so, and is hers again if it was none', () => {
    const sent = told(pill(WHO), WHO, 'first_use', true, zh);
    expect([sent.refer, sent.supply.no_supply]).toEqual([true, 'referred']);
    const back = told(sent, WHO, 'first_use', undefined, zh);
    expect([back.refer, back.supply.no_supply]).toEqual([false, undefined]);
  });
  test('is asked by a technician with the checklist and thirteen questions', () => {
    const asked = visible(form(), first(), 'technician');
    expect(asked.filter((key) => key.startsWith('preg_') || THIRTEEN.includes(key))).toEqual(['preg_sign', 'preg_check', ...THIRTEEN]);
    expect(opening(form(), 'coc', [], DOCTOR)).toEqual({ kind: 'first' });
  });
  test('is given when nothing stands against it', () => {
    const draft = after(first(), DOCTOR);
    expect([draft.supply.screen, draft.supply.first_use, errorsAnywhere(draft, DOCTOR)]).toEqual(['clear', true, []]);
  });
  test.each(['preg_sign', ...THIRTEEN].flatMap((key) => [[key, 'yes'], [key, 'unknown']]))('is not given today when %s is answered with %s', (key, said) => {
    const draft = after(first({ [key ?? '']: said ?? '' }), DOCTOR);
    expect([draft.supply.screen, draft.refer]).toEqual(['refer', true]);
  });
  test('is not given today while pregnancy is not excluded', () => expect(after(first({ preg_check: ['none'] }), DOCTOR).supply.screen).toBe('refer'));
  test('waits for the pressure', () => {
    const { bp_sys: sys, ...rest } = first();
    expect([sys, after(rest, DOCTOR).supply.screen, after(first({ bp_done: 'cannot' }), DOCTOR).supply.screen]).toEqual([118, undefined, 'refer']);
  });
});

describe('a technician', () => {
  test('goes on from what she got before', () => {
    const gave = { id: '1', form: 'contraceptive_supply', version: 2, occurredOn: '2026-09-01', answers: { item: 'coc', qty: 3 }, role: 'director', author: 'a', person: 'p', status: 'live', where: 'safe' } as unknown as Rec;
    expect(opening(form(), 'coc', [gave], DOCTOR)).toEqual({ kind: 'resupply' });
  });
});

describe('nothing is asked', () => {
  test.each(['condom', 'ecp'])('before %s', (item) => {
    const draft = picked(emptyDraft(0, 'handout'), WHO, item, { qty: 1 }, zh);
    expect([errorsAnywhere(draft, WHO), written(draft)]).toEqual([[], ['contraceptive_supply']]);
  });
  test('but one question before spermicide', () => {
    const draft = picked(emptyDraft(0, 'handout'), WHO, 'n9_film', { qty: 6 }, zh);
    expect(errorsAnywhere(draft, WHO).map((f) => f.field)).toEqual(['n9_ask']);
    expect(errorsAnywhere(told(draft, WHO, 'n9_ask', 'fine', zh), WHO)).toEqual([]);
  });
});
