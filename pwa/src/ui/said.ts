/** A change of a person or household in words: what, from what, to what. Pure. */
import { sayVague } from '../i18n/days';
import { both, type T, type Word } from '../i18n/words';
import type { Answers, Bundle, Change, Value, VagueDate } from '../store/api';
import { sayDoor } from './household';
import { labelOf } from './labels';

const W = {
  born: ['新加的', 'Added'],
  put: ['{what}记上了：{now}', '{what} noted: {now}'],
  took: ['{what}去掉了（原来是 {was}）', '{what} taken away (was {was})'],
  from: ['{what}从 {was} 改成 {now}', '{what} changed from {was} to {now}'],
  clash: ['{what}有两个说法：你记的是 {now}，镇里还有一个，站里会来定', 'Two values for {what}: yours is {now}, the town has another; the station decides'],
  another: ['另一户', 'another household'],
  nothing: ['空着', 'nothing'],
} as const satisfies Record<string, Word>;

export interface Said {
  readonly bundles: ReadonlyMap<string, Bundle>;
  readonly today: string;
}

const LISTS = ['sex', 'relation', 'marital', 'residence', 'residence_place'];
/** Of a number the last four say enough. */
const COVERED = ['phone', 'id_last4', 'id_number'];

/** One value; numbers show their last four. */
export function sayValue(t: T, { bundles, today }: Said, field: string, value: Value): string {
  if (value === null || value === '') return t(W.nothing);
  if (field === 'birth') return sayVague(t, value as VagueDate, today);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (COVERED.includes(field)) return value.slice(-4);
  if (LISTS.includes(field)) return t(both(labelOf(field, value)));
  if (field !== 'household') return value;
  const home = bundles.get(value);
  return home ? sayDoor(t, home.household) : t(W.another);
}

const FIELDS = { person: 'person_fields', household: 'household_fields' } as const;
export type Kind = keyof typeof FIELDS;

/** One sentence a field. */
export function sayChange(t: T, said: Said, type: Kind, { set, was, born, clashes }: Change): string[] {
  if (born) return [t(W.born)];
  return Object.entries(set).map(([field, value]) => {
    const what = t(both(labelOf(FIELDS[type], field)));
    const now = sayValue(t, said, field, value);
    if (clashes) return t(W.clash, { what, now });
    const before = was?.[field] ?? null;
    if (before === null) return t(W.put, { what, now });
    return t(value === null ? W.took : W.from, { what, now, was: sayValue(t, said, field, before) });
  });
}

/** How it may be undone: taken out of the outbox, or set back by one more patch while it still stands. */
export function wayBack(change: Change, current: Answers): 'undo' | 'restore' | null {
  const { set, was, where, clashes } = change;
  if (where === 'here') return 'undo';
  if (clashes || where !== 'town' || !was || 'id_last4' in set) return null;
  const stands = Object.entries(set).every(([field, value]) => JSON.stringify(current[field] ?? null) === JSON.stringify(value));
  return stands && Object.keys(was).length > 0 ? 'restore' : null;
}
