import { expect, test } from 'vitest';
import type { Bundle, Person } from './api';
import { createSearch } from './search';

function person(id: string, name: string, nameKey: string, more: Partial<Person> = {}): Person {
  return { id, household: 'h', name, nameKey, rev: {}, ...more };
}
function bundle(id: string, group: string, number: string, persons: Person[]): Bundle {
  return { household: { id, area: '990131101201', group, number, rev: {} }, persons, records: [] };
}
const bundles = [
  bundle('h1', '3', '12', [person('zhou', '周桂兰', 'zhou guilan|zgl', { phone: '138-0000-5678', idLast4: '002X' })]),
  bundle('h2', '1', '9', [person('zhao', '赵桂莲', 'zhao guilian|zgl', { idLast4: '5678' })]),
  bundle('h3', '4', '3', [person('zhang', '张国丽', 'zhang guoli|zgl', { card: '7341-2290' }), person('new', '赵国兰', '')]),
];
const found = (text: string) => createSearch()(bundles, text).map((hit) => [hit.person ?? hit.household, hit.by]);

test.each<[string, string[][]]>([
  ['周', [['zhou', 'name']]],
  ['桂', [['zhou', 'name'], ['zhao', 'name']]],
  ['zgl', [['zhou', 'initials'], ['zhao', 'initials'], ['zhang', 'initials']]],
  ['guili', [['zhao', 'pinyin']]],
  ['ＺＨＯＵ ｇｕｉ', [['zhou', 'pinyin']]],
  ['5678', [['zhao', 'idLast4'], ['zhou', 'phone']]],
  ['002x', [['zhou', 'idLast4']]],
  ['12', [['h1', 'door']]],
  ['3组12号', [['h1', 'door']]],
  ['第1组', [['h2', 'door']]],
  ['7341', [['zhang', 'card']]],
  ['zhaoguo', [['new', 'pinyin']]],
  ['ou', []],
  ['  ', []],
])('%s finds %j', (text, hits) => expect(found(text)).toEqual(hits));

test('everyone who fits is found', () => {
  const many = Array.from({ length: 300 }, (_, i) => bundle(`m${i}`, '1', String(i), [person(`p${i}`, '李梅', 'li mei|lm')]));
  expect(createSearch()(many, 'lm')).toHaveLength(300);
});

test('what matched can be underlined', () => {
  expect(createSearch()(bundles, '桂兰')[0]).toMatchObject({ from: 1, to: 3 });
});

const RANK = ['name', 'initials', 'pinyin', 'door', 'card', 'idLast4', 'phone'];

test.each(['梅', '李梅', 'l', 'li', 'lm', 'mei', 'ei', '1', '13', '1380', '组', '2组'])('%s finds among many what it finds house by house, in their order', (text) => {
  const names = [['李梅', 'li mei|lm'], ['梅李', 'mei li|ml'], ['李丽梅', 'li limei|llm'], ['Mei Li', ''], ['赵倩', 'zhao qian|zq']] as const;
  const many = Array.from({ length: 90 }, (_, i) => bundle(`m${i}`, String(i % 3), String(i), names.slice(i % 3, 2 + (i % 4)).map(([name, key], n) => person(`p${i}.${n}`, name, key, { phone: `1380000${1000 + i}` }))));
  const apart = many.flatMap((one) => createSearch()([one], text));
  expect(createSearch()(many, text)).toEqual(RANK.flatMap((by) => apart.filter((hit) => hit.by === by)));
});
