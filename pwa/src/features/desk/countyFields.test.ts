import { expect, test } from 'vitest';
import { speak } from '../../i18n/words';
import { rangeOf, sayAfter, sayRange, type FieldDecision, type FieldInForce } from './countyFields';

const words = { zh: '甲状腺激素', en: 'TSH' };
const one: FieldInForce = {
  ...words, id: 'preconception.tsh', form: words, type: 'int', status: 'S[P3b] L', digits: 2, min: 0, max: null, own: [27, 420], warn: [27, 420],
  tighten: true, options: [{ code: 'a', zh: '甲', en: 'A' }, { code: 'b', zh: '乙', en: 'B' }], hideable: ['a'], hidden: [], number: 0,
};

test('a usual range is said and typed as people write it', () => {
  expect([sayRange([27, 420], one), sayRange([0, null], one), sayRange(null, one)]).toEqual(['0.27—4.2', '0—…', '']);
  expect([rangeOf(['0.3', '4'], one), rangeOf([' ', ''], one), rangeOf(['0.3', 'x'], one), rangeOf(['0.333', '4'], one)]).toEqual([[30, 400], null, undefined, undefined]);
});

test('a decision says what it left, and that nothing is left but the rulebook', () => {
  const left = (after: FieldDecision['after']) => sayAfter(speak('zh'), { after } as FieldDecision, one);
  expect([left({ warn: [30, 400], hidden: ['a'] }), left({})]).toEqual(['平常 0.3—4；不提供：甲', '照规则书']);
});
