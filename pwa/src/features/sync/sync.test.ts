import { expect, test } from 'vitest';
import { freshness } from './Fresh';

const feed = (area: string, audience: string, freshAt: number) => ({ area, audience, name: area, freshAt });

test('a village is as fresh as its oldest feed', () => {
  expect(freshness([feed('990131101201', 'common', 50), feed('990131101201', 'clinical', 20)]).map((f) => f.at)).toEqual([20]);
});
test('a village of which a part is still coming is not fresh', () => {
  expect(freshness([feed('990131101201', 'common', 50), feed('990131101201', 'clinical', 0)]).map((f) => f.at)).toEqual([0]);
});
test('reference feeds are no village', () => expect(freshness([feed('ref', 'common', 50), feed('worker:1', 'common', 9)])).toEqual([]));
