/** A household and its people in words, and in walking order. Pure. */
import type { Bundle, Household, Person } from '../store/api';
import { ageOn } from '../i18n/days';
import { both, type T, type Word } from '../i18n/words';
import { labelOf } from './heads';
import { remembered } from './remembered';

const W = {
  group: ['{g}组', 'Group {g}'],
  number: ['{n}号', 'No. {n}'],
  noDoor: ['没有门牌', 'No door'],
  home: ['{name}家', '{name} family'],
  empty: ['没有人', 'Nobody'],
  age: ['{n} 岁', '{n} years'],
} as const satisfies Record<string, Word>;

/** "3组" of a register, or a bare 3, as the number alone. */
const digits = (text: string): string => /\d+/.exec(text)?.[0] ?? text;

/** A register's number holds village and group before the last three digits; the plate shows what hangs on the wall. */
export function wallNumber(number: string): string {
  return /^\d{5,}$/.test(number) ? String(Number(number.slice(-3))) : number.replace(/号$/, '');
}

export const sayGroup = (t: T, group: string): string => (/^\d+组?$/.test(group) ? t(W.group, { g: digits(group) }) : group);

/** 3组 12号 */
export function sayDoor(t: T, household: Household): string {
  const parts = [
    household.group ? sayGroup(t, household.group) : '',
    household.number ? t(W.number, { n: wallNumber(household.number) }) : '',
  ].filter(Boolean);
  return parts.join(' ') || t(W.noDoor);
}

/** Whose home the village calls it: the head's, else the first person's. */
export const headOf = (bundle: Bundle): Person | undefined =>
  bundle.persons.find((p) => p.relation === 'head') ?? bundle.persons[0];

export function sayHome(t: T, bundle: Bundle): string {
  const head = headOf(bundle);
  return head ? t(W.home, { name: head.name }) : t(W.empty);
}

/** 38 岁，常住 */
export function sayPerson(t: T, person: Person, today: string): string {
  const age = person.birth === undefined ? '' : t(W.age, { n: ageOn(person.birth, today) });
  const residence = person.residence ? t(both(labelOf('residence', person.residence))) : '';
  return [age, residence].filter(Boolean).join(t.lang === 'zh' ? '，' : ', ');
}

const walk = remembered((h: Household) => [h.area, (h.group ?? '').padStart(6), (h.number ?? '').padStart(12)].join('|'));

/** In the order one walks: village, group, number. */
export const byDoor = (a: Household, b: Household): number => (walk(a) < walk(b) ? -1 : walk(a) > walk(b) ? 1 : 0);
