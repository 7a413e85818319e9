import { describe, expect, test } from 'vitest';
import { speak } from '../i18n/words';
import type { Bundle, Household } from '../store/api';
import { toggled } from './choices';
import { sayCode } from './codes';
import { byDoor, sayDoor, sayHome } from './household';
import { match } from './router';
import { addPoint, beginStroke, LIMIT, pathOf, readStrokes, signed, textOf, type Strokes } from './strokes';

const zh = speak('zh');
const home = (group: string, number: string): Household => ({ id: group + number, area: '990131101201', group, number, rev: {} });

describe('addresses', () => {
  test('a parameter is read out of its place', () => expect(match('/person/:id', '/person/a1')).toEqual({ id: 'a1' }));
  test('a longer address is another page', () => expect(match('/visit/:id', '/visit/a1/did')).toBeNull());
  test('a Chinese group survives the address', () => expect(match('/village/:area/:group', '/village/99/1%E7%BB%84')).toEqual({ area: '99', group: '1组' }));
  test('the root is the root', () => expect(match('/', '/')).toEqual({}));
});

describe('doors', () => {
  test('a register number becomes what hangs on the wall', () => expect(sayDoor(zh, home('1组', '011005'))).toBe('1组 5号'));
  test('a plain number stays', () => expect(sayDoor(zh, home('3', '12号'))).toBe('3组 12号'));
  test('one walks by group, then by number', () => {
    expect([home('10组', '2'), home('2组', '9'), home('2组', '10')].sort(byDoor).map((h) => h.id)).toEqual(['2组9', '2组10', '10组2']);
  });
  test('a home is called by its head', () => {
    const person = (id: string, name: string, relation: string) => ({ id, household: 'h', name, relation, rev: {} });
    const bundle: Bundle = { household: home('1组', '1'), persons: [person('a', '周小', 'daughter'), person('b', '周大', 'head')], records: [] };
    expect(sayHome(zh, bundle)).toBe('周大家');
  });
});

describe('choices', () => {
  test('a second tap takes a choice back', () => expect(toggled(['a', 'b'], 'a')).toEqual(['b']));
  test('“none” pushes the others out', () => expect(toggled(['a', 'b'], 'none', ['none'])).toEqual(['none']));
  test('another choice pushes “none” out', () => expect(toggled(['none'], 'a', ['none'])).toEqual(['a']));
});

describe('a signature', () => {
  const draw = (n: number): Strokes => Array.from({ length: n }).reduce<Strokes>((s, _, i) => addPoint(s, [i * 5, i % 7]), beginStroke([], [0, 0]));
  test('is text that reads back the same', () => {
    const strokes = draw(9);
    expect(readStrokes(textOf(strokes))).toEqual(strokes);
  });
  test('never grows over its limit', () => expect(textOf(draw(4000)).length).toBeLessThanOrEqual(LIMIT));
  test('passes over points that say nothing new', () => expect(addPoint([[[10, 10]]], [11, 11])).toEqual([[[10, 10]]]));
  test('is more than a slip of the finger', () => expect([signed([[[1, 1]]]), signed(draw(9))]).toEqual([false, true]));
  test('shows a single touch as a dot', () => expect(pathOf([[3, 4]])).toBe('M3 4l1 0'));
});

test('an unknown code is shown as it is, so that it can be told to the station', () => {
  expect(sayCode(zh, 'something_new')).toContain('something_new');
});
