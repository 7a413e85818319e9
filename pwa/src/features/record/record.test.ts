/** Which forms a worker may write about her, and what one of them becomes. */
import { beforeAll, describe, expect, test } from 'vitest';
import { book, type Form, moreForms } from '../../generated/rulebook';
import { speak } from '../../i18n/words';
import { ageNotes } from '../../rules/forms';
import type { Rec, Value } from '../../store/api';
import { saySource, sourceOf } from '../../ui/source';
import { type About, calls, firsts, inputs, refAsked, remarks, resumed, writable } from './plan';

beforeAll(moreForms);

const ABOUT: About = { person: 'p', household: 'h', area: '990131101201', role: 'technician', day: '2026-12-01' };
const form = (id: string): Form => book.forms[id] as Form;
const ids = (role: string, birth: string): string[] => writable(Object.values(book.forms), role, birth, ABOUT.day).map((one) => one.id);

describe('the forms on her page', () => {
  test('are, for a director, those she may write', () => expect(ids('director', '1990-01-01').sort()).toEqual(['folic_acid', 'moving', 'pill_screen', 'service_card']));
  test('are none for a director before she is 18', () => expect(ids('director', '2010-01-01')).toEqual([]));
  test('are, for a technician, all clinical ones at any age', () => {
    const clinical = ['anc', 'breast_screening', 'cervical_screening', 'folic_acid', 'iud_check', 'pill_screen', 'pnc', 'postop_followup', 'preconception', 'rti_screening'];
    expect(ids('technician', '2013-01-01').sort()).toEqual(clinical);
  });
});

describe('the duty to report', () => {
  const told = (role: string, birth: unknown): string[] =>
    Object.values(book.forms).filter((one) => ageNotes(one, role, birth, ABOUT.day).some((note) => note.zh.includes('不在这个 App 里报'))).map((one) => one.id).sort();
  test('is shown to a technician in every form about a pregnancy of a girl under 14', () => {
    expect(told('technician', '2012-12-02')).toEqual(expect.arrayContaining(['anc', 'pnc', 'postop_followup']));
  });
  test('is shown no more on her 14th birthday, nor where her birth is unknown', () => expect([told('technician', '2012-12-01'), told('technician', undefined)]).toEqual([[], []]));
  test('is no note of a director', () => expect(told('director', '2015-05-02')).toEqual([]));
});

describe('a form about her', () => {
  const danger = { step: 'visit', danger: ['bleeding'], class: 'abnormal' };
  test('tells the most urgent call first', () => expect(calls(form('anc'), danger, 'technician').map((rule) => rule.urgency)).toEqual(['emergency', 'soon']));
  test('takes a referral along with its urgency and its reason', () => {
    const [own, referral] = inputs(form('anc'), danger, ABOUT, 'why');
    expect([own?.form, own?.answers, referral?.form, referral?.answers]).toEqual(['anc', danger, 'referral', { step: 'sent', urgency: 'emergency', reason: 'why' }]);
  });
  test('goes on as it was begun when an update brought another version of it', () => {
    const older = { ...form('anc'), version: 0 };
    expect(resumed({ form: older, answers: danger, refer: true } as unknown as Value, form('anc'))).toEqual({ form: older, answers: danger, refer: true, sure: [] });
    expect(inputs(older, danger, ABOUT, 'why').map((one) => one.version)).toEqual([0, undefined]);
    expect(resumed(undefined, form('anc')).form).toBe(form('anc'));
  });
  test('goes alone when nobody asked for one', () => expect(inputs(form('anc'), danger, ABOUT, null)).toHaveLength(1));
  test('keeps no answer to a question that is asked no more', () => {
    const answers = { step: 'visit', birth_date: '2026-11-20', danger: ['none'], baby: 'lost', feeding_advice: true };
    expect(inputs(form('pnc'), answers, ABOUT, null)[0]?.answers).not.toHaveProperty('feeding_advice');
    expect(remarks(form('pnc'), answers, ABOUT).filter((found) => found.level === 'error')).toEqual([]);
  });
  test('asks which earlier record a later step continues, and offers the newest first', () => {
    const rec = (id: string, occurredOn: string, answers: object): Rec => ({ id, form: 'cervical_screening', occurredOn, answers, status: 'live' }) as unknown as Rec;
    const records = [rec('a', '2025-01-01', { step: 'screen' }), rec('b', '2026-01-01', { step: 'screen' }), rec('c', '2026-02-01', { step: 'colposcopy', of: 'b' })];
    expect(refAsked(form('cervical_screening'), { step: 'histology' }, 'technician')).toBe('of');
    expect(refAsked(form('cervical_screening'), { step: 'screen' }, 'technician')).toBeUndefined();
    expect(firsts(form('cervical_screening'), records).map((one) => one.id)).toEqual(['b', 'a']);
  });
});

describe('a source', () => {
  test('is said by its name, and what is open is said to be', () => expect(saySource(speak('zh'), 'S[W4] S[ZZ] L')).toBe('依据：美国避孕医学标准 2024、待当地确认'));
  test('is open no more once the county has confirmed that rule of that version', () => {
    const slow = { field: 'fhr', code: 'warn', level: 'warn', rule: 'fetal_heart_slow' } as const;
    const said = (schema: string): string => sourceOf(speak('zh'), form('anc'), slow, { n: 0, days: {}, confirmed: { [schema]: ['fetal_heart_slow'] } });
    expect([said(`anc/${String(form('anc').version)}`), said('anc/99')]).toEqual(['', '依据：待当地确认']);
  });
  test('that is our own design says nothing', () => expect(saySource(speak('zh'), 'D')).toBe(''));
});
