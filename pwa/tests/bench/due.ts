/** The due list of a village as the phone works it out, for a stopwatch: cold, and after one record more. */
import type { Bundle } from '../../src/store/api';
import { rulebook } from '../../src/store/book';
import { createDue } from '../../src/store/reading';

export interface Took {
  cold: number;
  after: number;
  due: number;
}

/** `more` is a record of the first household, new today. Milliseconds. */
export function dueList(homes: readonly Bundle[], more: Bundle['records'][number], today: string): Took {
  const due = createDue(rulebook);
  const bundles = new Map(homes.map((home) => [home.household.id, home]));
  const begun = performance.now();
  due.all(bundles, today);
  const worked = performance.now();
  const [first] = homes;
  if (!first) throw new Error('a village has households');
  const then = new Map(bundles).set(first.household.id, { ...first, records: [...first.records, more] });
  const asked = performance.now();
  const items = due.all(then, today);
  return { cold: worked - begun, after: performance.now() - asked, due: items.length };
}

Object.assign(globalThis, { dueList });
