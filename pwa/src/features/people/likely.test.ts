import { describe, expect, test } from 'vitest';
import type { Bundle, Person } from '../../store/api';
import { likely, type Newcomer } from './likely';

const person = (id: string, name: string, nameKey: string, more: Partial<Person> = {}): Person => ({ id, household: 'h1', name, nameKey, sex: 'f', rev: {}, ...more });
const home = (id: string, ...persons: Person[]): Bundle => ({ household: { id, area: 'v', group: '3', number: '12', rev: {} }, persons, records: [] });
const VILLAGE = [
  home('h1', person('zhou', '周桂兰', 'zhou guilan|zgl', { birth: '1988-05-02', phone: '13800005678', idLast4: '002X' }), person('li', '李梅', 'li mei|lm', { birth: { year: 1990 } })),
  home('h2', person('wang', '王秀英', 'wang xiuying|wxy', { birth: '1979-01-01', phone: '13900001111' })),
];
const SOUNDS: Record<string, string> = { 周贵兰: 'zhouguilan', 周桂兰: 'zhouguilan', 周桂花: 'zhouguihua' };
const found = (newcomer: Newcomer) => likely(newcomer, VILLAGE, { spell: (name) => SOUNDS[name] }).map(({ person: { id }, signs }) => [id, ...signs]);

describe('who may be meant', () => {
  test.each<[string, Newcomer, string[][]]>([
    ['the same name', { name: '周桂兰' }, [['zhou', 'name']]],
    ['the same name with blanks', { name: ' 周 桂兰' }, [['zhou', 'name']]],
    ['a name that sounds the same, born about then', { name: '周贵兰', birth: '1989-01-01' }, [['zhou', 'sound', 'near']]],
    ['a name that sounds the same, in the same household', { name: '周贵兰', household: 'h1' }, [['zhou', 'sound', 'home']]],
    ['one character off, born the same day', { name: '周桂花', birth: '1988-05-02' }, [['zhou', 'almost', 'birth']]],
    ['the last four of the ID number', { idNumber: '11010119880502002x' }, [['zhou', 'id']]],
    ['the same telephone and year', { phone: '139-0000-1111', birth: '1979-06-01' }, [['wang', 'phone', 'near']]],
    ['the last four of the telephone and one character off, born about then', { name: '王秀芳', phone: '1111', birth: '1980-01-01' }, [['wang', 'almost', 'phone4', 'near']]],
    ['a vague birthday', { name: '李梅', birth: { year: 1991, month: 2 } }, [['li', 'name', 'near']]],
  ])('%s', (_, newcomer, expected) => expect(found(newcomer)).toEqual(expected));

  test.each<[string, Newcomer]>([
    ['nothing typed yet', {}],
    ['one character of a name', { name: '周' }],
    ['a birthday alone', { birth: '1988-05-02' }],
    ['the same telephone alone, which families share', { phone: '13800005678' }],
    ['one character off alone', { name: '周桂花' }],
    ['another sex', { name: '周桂兰', sex: 'm' }],
    ['a household alone', { household: 'h1', birth: '1988-05-02' }],
  ])('%s is not enough', (_, newcomer) => expect(found(newcomer)).toEqual([]));

  test('who fits best comes first, and no more than five', () => {
    const many = Array.from({ length: 8 }, (_, i) => home(`m${i}`, person(`p${i}`, '周桂兰', 'zhou guilan|zgl', i === 6 ? { birth: '1988-05-02' } : {})));
    const ids = likely({ name: '周桂兰', birth: '1988-05-02' }, many, { spell: () => undefined }).map((one) => one.person.id);
    expect([ids.length, ids[0]]).toEqual([5, 'p6']);
  });
});
