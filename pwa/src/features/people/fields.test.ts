import { describe, expect, test } from 'vitest';
import { changedMeanwhile, given, idDoubt, touched, withAnswer, withId } from './fields';

const GOOD = '11010519491231002X';

describe('an ID number', () => {
  test.each<[string, object, string | undefined]>([
    ['is not needed', {}, undefined],
    ['that is right says nothing', { id_number: '11010519491231002x' }, undefined],
    ['may be too short', { id_number: '1101051949' }, 'id_short'],
    ['may hold no birthday', { id_number: '110105194913310020' }, 'id_birth'],
    ['may end in the wrong digit', { id_number: '110105194912310021' }, 'id_check'],
    ['may speak of another birthday', { id_number: GOOD, birth: '1949-12-30' }, 'id_other_birth'],
    ['may speak of another sex', { id_number: GOOD, birth: '1949-12-31', sex: 'm' }, 'id_other_sex'],
    ['agrees with a year alone', { id_number: GOOD, birth: { year: 1949 } }, undefined],
  ])('%s', (_, answers, doubt) => expect(idDoubt(answers as never)).toBe(doubt));

  test('that is right fills what is open and overwrites nothing', () => {
    expect(withId({ sex: 'm' }, GOOD.toLowerCase())).toEqual({ id_number: GOOD, birth: '1949-12-31', sex: 'm' });
    expect(withId({ name: '甲' }, '11010')).toEqual({ name: '甲', id_number: '11010' });
  });
});

test('what was left empty is not sent', () => expect(given({ name: ' 周桂兰 ', phone: '', sex: null })).toEqual({ name: '周桂兰' }));

test('only what differs is sent, and null where something was taken away', () => {
  expect(touched({ name: '周桂兰', phone: '', note: ' x ' }, { name: '周桂兰', phone: '1' })).toEqual({ phone: null, note: 'x' });
});

describe('the place beside her residence', () => {
  const camehere = { residence: 'moved_in', residence_place: 'outside' };

  test('ends with the kind it belonged to', () => {
    const mine = withAnswer({}, camehere, 'residence', 'moved_out');
    expect(touched(mine, camehere)).toEqual({ residence: 'moved_out', residence_place: null });
    expect(touched(withAnswer(mine, camehere, 'residence_place', 'city'), camehere)).toEqual({ residence: 'moved_out', residence_place: 'city' });
  });
  test('stands again when the kind does', () => {
    const mine = withAnswer({ residence_place: 'city' }, camehere, 'residence', 'resident');
    expect(touched(withAnswer(mine, camehere, 'residence', 'moved_in'), camehere)).toEqual({});
  });
  test('of a newcomer is asked once her kind is known', () => {
    expect(given(withAnswer({ residence: 'moved_in', residence_place: 'city' }, {}, 'residence', 'moved_out'))).toEqual({ residence: 'moved_out' });
  });
});

test('what somebody else changed under her fingers is named', () => {
  expect(changedMeanwhile({ phone: '3' }, { phone: '1' }, { phone: '2', name: '乙' })).toEqual(['phone']);
  expect(changedMeanwhile({ phone: '3' }, { phone: '1' }, { phone: '1' })).toEqual([]);
});
