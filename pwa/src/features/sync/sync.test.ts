import { expect, test } from 'vitest';
import { speak } from '../../i18n/words';
import { sayTodo, sayWhyAsked } from './asks';
import { freshness } from './Fresh';
import { sayOff } from './off';

const feed = (area: string, audience: string, freshAt: number) => ({ area, audience, name: area, freshAt });

test('a village is as fresh as its oldest feed', () => {
  expect(freshness([feed('990131101201', 'common', 50), feed('990131101201', 'clinical', 20)]).map((f) => f.at)).toEqual([20]);
});
test('a village of which a part is still coming is not fresh', () => {
  expect(freshness([feed('990131101201', 'common', 50), feed('990131101201', 'clinical', 0)]).map((f) => f.at)).toEqual([0]);
});
test('reference feeds are no village', () => expect(freshness([feed('ref', 'common', 50), feed('worker:1', 'common', 9)])).toEqual([]));

const zh = speak('zh');
test.each([[660_000, '11 分钟'], [-10_800_000, '3 小时'], [94_694_400_000, '1096 天']])('a clock off by %i ms is said in words', (off, words) => expect(sayOff(zh, off)).toBe(words));
test('two values of a field are named with the field', () => expect(sayWhyAsked(zh, 'conflict:phone')).toBe('电话记了两个，都留着'));
test('a reason that only the rulebook knows is said in its words', () => expect(sayWhyAsked(zh, 'wrong_actor')).toBe('写的人和登录的人不是同一个，站里会看'));
test.each(['fork', 'conflict:phone', 'no_consent', 'unknown_person', 'something_new'])('%s says what to do', (code) => {
  expect(sayTodo(zh, code).length).toBeGreaterThan(5);
});
