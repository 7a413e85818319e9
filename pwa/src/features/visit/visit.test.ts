import { describe, expect, test } from 'vitest';
import { consentText } from '../../ui/labels';
import { lacking } from '../../ui/yes';
import type { Form } from '../../generated/rulebook';
import type { Answers, Rec } from '../../store/api';
import { consentAnswers } from './Ask';
import { doubts } from './doubts';
import { nextStep } from './path';
import { asked, calls, deedsOf, emptyDraft, errorsAnywhere, formIn, inputs, older, referred, unasked, yearRemarks, type VisitDraft, type Who } from './plan';
import { knownMethod, lastLot } from './suggest';

const WHO: Who = { person: 'p', household: 'h', area: '990131101201', birth: '1988-03-01', role: 'director', day: '2026-12-01', standing: {} };
const AGREED: Who = { ...WHO, standing: { service_record: 'given', supply: 'given' } };
const CONDOMS: Answers = { item: 'condom', qty: 20 };
const visit = (more: Partial<VisitDraft> = {}, purpose: string[] = []): VisitDraft => ({
  ...emptyDraft(0, 'visit'), visit: { presence: 'met', ...(purpose.length ? { purpose } : {}) }, ...more,
});
const said = (decision: 'given' | 'declined', purpose: string) => ({ [purpose]: { purpose, decision, text_version: 'x_1', ...(decision === 'given' ? { mode: 'sign' } : {}) } });
const forms = (draft: VisitDraft, who: Who) => inputs(draft, who).map((i) => i.form);
const rec = (form: string, answers: Answers, more: Partial<Rec> = {}): Rec => ({
  id: '1', form, version: 1, occurredOn: '2026-10-30', answers, role: 'director', author: 'me', person: 'p', status: 'live', where: 'town', ...more,
});

describe('consent', () => {
  test('is asked before a health answer is kept', () => expect(unasked(visit({}, ['followup']), WHO)).toEqual(['service_record']));
  test('that stands is not asked again', () => expect(unasked(visit({}, ['followup', 'supply']), AGREED)).toEqual([]));
  test('given today stands before the records that need it', () => {
    expect(forms(visit({ said: said('given', 'service_record'), followup: { method: 'none' } }, ['followup']), WHO)).toEqual(['consent', 'household_visit', 'contraceptive_followup']);
  });
  test('declined keeps no follow-up', () => {
    expect(forms(visit({ said: said('declined', 'service_record'), followup: { method: 'iud' } }, ['followup']), WHO)).toEqual(['consent', 'household_visit']);
  });
  test('declined leaves no trace of the deed in the visit', () => {
    const [, written] = inputs(visit({ said: said('declined', 'supply'), supply: CONDOMS }, ['supply', 'education']), WHO);
    expect(written?.answers.purpose).toEqual(['education']);
  });
  test('today’s no wins over an older yes', () => expect(asked(visit({ said: said('declined', 'supply') }), AGREED, 'supply')).toBe('declined'));
  test('a yes needs a signature or a witness, a no needs nothing', () => {
    const how = { mode: 'oral_witness', strokes: [], witness: ' ' } as const;
    expect([lacking(how), lacking({ ...how, mode: 'sign' }), lacking({ ...how, witness: '李秀' })]).toEqual(['witness', 'sign', null]);
  });
  test('has five sentences and a version for both purposes of a visit', () => {
    expect(['service_record', 'supply'].map((purpose) => consentText(purpose)?.lines.length)).toEqual([5, 5]);
  });
  test('records which text was read, and no reason', () => {
    const text = { version: 'supply_1', lines: [] };
    expect(consentAnswers('supply', text, null)).toEqual({ purpose: 'supply', decision: 'declined', text_version: 'supply_1' });
  });
});

describe('an unusual number', () => {
  const draft = visit({ supply: { item: 'condom', qty: 146 } }, ['supply']);
  test('of what is kept is to be looked at, and stands in no other way', () => {
    expect([doubts(draft, AGREED), errorsAnywhere(draft, AGREED)]).toEqual([['contraceptive_supply.qty=146'], []]);
  });
  test('of what is not kept is nothing', () => expect(doubts(visit({ followup: { method: 'pill', bp_sys: 86 } }, ['followup']), WHO)).toEqual([]));
  test('that was looked at goes no further than the draft', () => {
    const seen = { ...draft, sure: doubts(draft, AGREED) };
    expect([doubts(seen, AGREED), inputs(seen, AGREED)]).toEqual([[], inputs(draft, AGREED)]);
  });
});

describe('a hand-out', () => {
  test('after a no is a stock movement without her', () => {
    const written = inputs(visit({ said: said('declined', 'supply'), supply: CONDOMS }, ['supply']), WHO).find((i) => i.form === 'contraceptive_supply');
    expect([written?.person, written?.household, written?.answers]).toEqual([undefined, undefined, CONDOMS]);
  });
  test('after a yes is hers', () => expect(inputs(visit({ supply: CONDOMS }, ['supply']), AGREED)[1]?.person).toBe('p'));
  test('at the worker’s own door is no household visit', () => expect(forms({ ...emptyDraft(0, 'handout'), supply: CONDOMS }, AGREED)).toEqual(['contraceptive_supply']));
  test('of a first pill calls for the technician, and her referral says why', () => {
    const draft = visit({ supply: { item: 'coc', first_use: true } }, ['supply']);
    const next = referred(draft, calls(draft, AGREED), 'why');
    expect([next.supply.no_supply, next.referral, deedsOf(next)]).toEqual(['referred', { step: 'sent', urgency: 'routine', reason: 'why' }, ['supply', 'referral']]);
  });
  test('beyond the usual year is remarked, never refused', () => {
    const earlier = { id: '1', form: 'contraceptive_supply', occurred_on: '2026-05-01', status: 'live', role: 'director', author: 'me', answers: { item: 'condom', qty: 110 } };
    const draft = visit({ supply: CONDOMS }, ['supply']);
    expect([yearRemarks(draft, [earlier], AGREED).map(([, sum]) => sum), errorsAnywhere(draft, AGREED)]).toEqual([[130], []]);
  });
});

describe('a visit that was begun', () => {
  const before = visit({ supply: CONDOMS }, ['supply']);
  const supply = formIn(before, 'contraceptive_supply') as Form;
  test('goes on in its own forms when an update brought another version of one', () => {
    const { lot, ...fields } = Object.fromEntries(supply.fields.map((field) => [field.key, field]));
    const its = { ...supply, version: 0, fields: [...Object.values(fields), { ...lot, required: true }] as Form['fields'] };
    const draft = { ...before, forms: { ...before.forms, contraceptive_supply: its } };
    expect([older(before), older(draft)]).toEqual([false, true]);
    expect(errorsAnywhere(draft, AGREED).map((found) => found.field)).toEqual(['lot']);
    expect(inputs(draft, AGREED).find((one) => one.form === supply.id)?.version).toBe(0);
  });
  test('by an older app, which kept no forms, goes on in today’s', () => {
    const { forms: none, ...draft } = before;
    expect([older(draft), inputs(draft, AGREED).map((one) => one.form)]).toEqual([false, forms(before, AGREED)]);
    expect(none).toBeDefined();
  });
});

describe('the way through', () => {
  const clear = { missing: [], ask: [], records: 1 };
  test('someone not met leads straight to the next time', () => expect(nextStep('met', { ...visit(), visit: { presence: 'not_home' } }, clear)).toBe('next'));
  test('someone met leads to what was done', () => expect(nextStep('met', visit(), clear)).toBe('did'));
  test('an unanswered question holds her where she is', () => {
    const draft = { ...visit(), visit: {} };
    expect(nextStep('met', draft, { missing: errorsAnywhere(draft, WHO), ask: [], records: 1 })).toBe('stay');
  });
  test('a purpose not asked yet holds her, too', () => expect(nextStep('did', visit(), { missing: [], ask: ['supply'], records: 1 })).toBe('stay'));
  test('a warning holds nobody', () => {
    const draft = visit({ followup: { method: 'pill', bp_sys: 146 } }, ['followup']);
    expect(nextStep('did', draft, { missing: errorsAnywhere(draft, AGREED), ask: [], records: 2 })).toBe('next');
  });
  test('nothing to record holds her', () => expect(nextStep('did', emptyDraft(0, 'service'), { ...clear, records: 0 })).toBe('stay'));
  test('a technician’s service is no household visit', () => {
    const draft = { ...emptyDraft(0, 'service'), visit: { purpose: ['followup'] }, followup: { method: 'iud', strings: 'felt' } };
    expect(forms(draft, { ...AGREED, role: 'technician' })).toEqual(['contraceptive_followup']);
  });
  test('the last step finishes', () => expect(nextStep('next', visit(), clear)).toBe('finish'));
  test('answers to questions that are no longer asked stay in the draft and out of the record', () => {
    const draft = visit({ followup: { method: 'iud', bp_sys: 146 } }, ['followup']);
    expect(inputs(draft, AGREED)[1]?.answers).toEqual({ method: 'iud' });
  });
  test('a director is neither asked nor records for someone under 18', () => {
    const young = { ...WHO, birth: '2010-01-01' };
    const draft = visit({ supply: CONDOMS }, ['supply']);
    expect([unasked(draft, young), forms(draft, young)]).toEqual([[], ['household_visit']]);
  });
});

describe('what the form begins with', () => {
  test('her method as last told, to confirm', () => {
    const told = rec('contraceptive_followup', { method: 'condom', still_using: true, started_on: { year: 2024, month: 5 } });
    expect(knownMethod([told], '2026-12-01')).toEqual({ method: 'condom', started_on: { year: 2024, month: 5 } });
  });
  test('the lot last given of this item', () => {
    const given = rec('contraceptive_supply', { item: 'condom', qty: 10, lot: '2409A', expiry: '2027-08-31' });
    expect(lastLot([given], 'me', 'condom', '2026-12-01')).toEqual({ lot: '2409A', expiry: '2027-08-31' });
  });
  test('but not a lot that has expired', () => {
    const given = rec('contraceptive_supply', { item: 'condom', qty: 10, lot: '2409A', expiry: '2026-11-30' });
    expect(lastLot([given], 'me', 'condom', '2026-12-01')).toEqual({});
  });
});
