import { expect, test } from 'vitest';
import type { Bundle, Person, Rec } from '../../store/api';
import cards from '../../../../tests/vectors/cards.json?raw';
import { countOf, countOne, keepScan } from './count';
import { giving } from './Give';
import { guestOf } from './guest';
import { cardsOf, holders, saidRight } from './holders';
import { paperText, withSeen } from './paper';

const her: Person = { id: 'p1', household: 'h1', name: '周桂兰', birth: '1988-03-05', rev: {} };
const card = (id: string, answers: Rec['answers'], more: Partial<Rec> = {}): Rec => ({
  id, form: 'service_card', version: 1, occurredOn: '2026-11-01', answers, role: 'director', author: 'w', person: 'p1', status: 'live', where: 'town', ...more,
});
const bundle = (...records: Rec[]): Bundle => ({ household: { id: 'h1', area: '990131101201', rev: {} }, persons: [her], records });
const issued = card('r1', { step: 'issued', token: 'AAAA' });

test('a card is hers from the record that gave it', () => {
  expect([...holders([bundle(issued)]).keys()]).toEqual(['AAAA']);
});

test('a card told lost or void is nobody’s', () => {
  for (const step of ['lost', 'void']) expect(cardsOf(bundle(issued, card('r2', { step, of: 'r1' })), her)).toEqual([]);
});

test('a record that was taken back gave no card', () => {
  expect(cardsOf(bundle({ ...issued, status: 'void' }), her)).toEqual([]);
});

test('giving a new card takes the older one out of use', () => {
  const records = giving('BBBB', 20819, { person: her, bundle: bundle(issued) }, '2026-11-22');
  expect(records.map((r) => r.answers)).toEqual([
    { step: 'lost', of: 'r1' },
    { step: 'issued', token: 'BBBB', valid_to: '2027-01-01', holder_ok: true },
  ]);
});

test('what she says opens her record only when it is her year of birth', () => {
  expect(saidRight(her, ' 1988 ')).toBe(true);
  expect(saidRight({ ...her, birth: { year: 1988, month: 3 } }, '1988')).toBe(true);
  for (const said of ['1989', '88', '', '19880305']) expect(saidRight(her, said)).toBe(false);
  const { birth, ...unknown } = her;
  expect(birth).toBeDefined();
  for (const said of ['', 'undefined', '0000']) expect(saidRight(unknown, said)).toBe(false);
});

test('the day’s count begins again the next day', async () => {
  const kept = new Map<string, never>();
  const drafts = { load: (key: string) => kept.get(key), save: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value as never)), drop: () => Promise.resolve(), list: () => [] };
  await countOne(drafts, '2026-11-22');
  expect(await countOne(drafts, '2026-11-22')).toBe(2);
  expect(countOf(drafts, '2026-11-23')).toBe(0);
});

test('of a card held out the phone keeps which and when, and of many the newest', async () => {
  const kept = new Map<string, never>();
  const drafts = { load: (key: string) => kept.get(key), save: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value as never)), drop: () => Promise.resolve(), list: () => [] };
  for (let at = 0; at < 501; at++) await keepScan(drafts, 'AAAA', at);
  const told = kept.get('scan:told') as unknown as { card: string; at: number }[];
  expect([told.length, told[0]]).toEqual([500, { card: 'AAAA', at: 1 }]);
});

test('who holds a card goes by the same id on phone and server', () => {
  const { guests } = JSON.parse(cards) as { guests: { id: string; person: string }[] };
  expect(guests.map(({ id }) => guestOf(id))).toEqual(guests.map(({ person }) => person));
});

test('an old certificate’s words are shown, without what a screen could be fooled with', () => {
  expect(paperText('姓名：某某\n证号：123456\u202e')).toBe('姓名：某某 证号：123456');
});

test('no address, payment code, empty or endless text is taken for a paper', () => {
  for (const text of ['wxp://f2f0abc', 'https://例子.example/领奖', '284712345678901234', '', 'a'.repeat(40), '随'.repeat(4000)]) expect(paperText(text)).toBeNull();
});

test('of an old paper one word is kept, beside what was answered already', () => {
  expect(withSeen(undefined)).toEqual({ answers: { legacy_paper: true } });
  expect(withSeen({ answers: { step: 'leaves' }, refer: false })).toEqual({ answers: { step: 'leaves', legacy_paper: true }, refer: false });
});
