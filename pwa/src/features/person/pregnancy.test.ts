import { expect, test } from 'vitest';
import { speak } from '../../i18n/words';
import type { Episode } from '../../rules/episodes';
import { sayEpisode } from './Pregnancy';

const TODAY = '2026-11-23';
const told = (more: Partial<Episode>): string =>
  sayEpisode(speak('zh'), { begun: '2026-05-06', said: null, due: null, ended: null, events: ['a', 'b'], ...more }, TODAY);

test('a month of last menses shows the due date as a range', () => {
  expect(told({ said: { year: 2026, month: 3 }, due: ['2026-12-06', '2027-01-05'] })).toBe('5月6日第一次来，末次月经 2026年3月，预产期 12月6日至2027年1月5日');
});
test('a day shows a day', () => expect(told({ said: '2026-03-05', due: ['2026-12-10', '2026-12-10'] })).toBe('5月6日第一次来，末次月经 3月5日，预产期 12月10日'));
test('what she does not know is not said', () => expect(told({})).toBe('5月6日第一次来'));
test('one that ended says that, and not how', () => expect(told({ ended: '2026-10-01', due: ['2026-12-06', '2027-01-05'] })).toBe('5月6日至10月1日，记了 2 次'));
