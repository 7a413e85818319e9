import { describe, expect, test } from 'vitest';
import { book, type Form, moreForms } from '../generated/rulebook';
import { check } from '../rules/forms';
import type { Answers } from '../store/api';
import { markOf, tapped, unsure } from './look';

await moreForms();
const anc = book.forms.anc as Form;
const open = (answers: Answers, sure: readonly string[] = []): string[] => unsure(anc, answers, check(anc, answers, '2026-11-23', 'technician'), sure);
const visit = (more: Answers): Answers => ({ step: 'visit', class: 'normal', danger: ['none'], ...more });

describe('a number out of the usual range', () => {
  test('is looked at again', () => expect(open(visit({ bp_sys: 182, temp: 366 }))).toEqual(['anc.bp_sys=182']));
  test('at the edge of the range is usual', () => expect(open(visit({ bp_sys: 139, temp: 360 }))).toEqual([]));
  test('out of the hard range is refused, not asked about', () => expect(open(visit({ bp_sys: 261 }))).toEqual([]));
  test('that was looked at is asked about no more, until it is another', () => {
    const sure = tapped([], markOf(anc, { bp_sys: 182 }, 'bp_sys'));
    expect([open(visit({ bp_sys: 182 }), sure), open(visit({ bp_sys: 183 }), sure)]).toEqual([[], ['anc.bp_sys=183']]);
  });
  test('is asked about again after a second tap', () => expect(tapped(tapped([], 'anc.bp_sys=182'), 'anc.bp_sys=182')).toEqual([]));
});
