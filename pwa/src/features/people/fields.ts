/** A person's answers on their way: what an ID number says beside them, what was touched, what is sent. Pure. */
import { birth, fault, sex, tidy } from '../../rules/idnumber';
import type { Answers, Value } from '../../store/api';

export type IdDoubt = 'id_short' | 'id_birth' | 'id_check' | 'id_other_birth' | 'id_other_sex';

const FAULTS = { shape: 'id_short', birth: 'id_birth', checksum: 'id_check' } as const;

/** What to look at again; it never stops her from saving. */
export function idDoubt(answers: Answers): IdDoubt | undefined {
  const number = typeof answers.id_number === 'string' ? tidy(answers.id_number.trim()) : '';
  if (number === '') return undefined;
  const found = fault(number);
  if (found) return FAULTS[found];
  if (typeof answers.birth === 'string' && answers.birth !== birth(number)) return 'id_other_birth';
  return answers.sex !== undefined && answers.sex !== null && answers.sex !== sex(number) ? 'id_other_sex' : undefined;
}

/** A number that is right fills birthday and sex where they are still open. */
export function withId(answers: Answers, typed: string): Answers {
  const number = tidy(typed.trim());
  if (fault(number)) return { ...answers, id_number: typed };
  const [day, kind] = [birth(number), sex(number)];
  return { ...(day ? { birth: day } : {}), ...(kind ? { sex: kind } : {}), ...given(answers), id_number: number };
}

/** Without blanks and empty ends: what is sent. */
export function given(answers: Answers): Answers {
  const kept = Object.entries(answers).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(kept.map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value]));
}

/**
 * Her answers with one more. The place belongs to the kind of residence: of another kind it would be taken for what it
 * is not, so it is asked anew, and stands as it did when the kind does again.
 */
export function withAnswer(mine: Answers, current: Answers, key: string, value: Value): Answers {
  if (key !== 'residence') return { ...mine, [key]: value };
  const { residence_place: _, ...others } = mine;
  const as: Answers = value === (current.residence ?? null) ? {} : { residence_place: null };
  return { ...others, ...as, residence: value };
}

/** Fields she touched that now differ from what stands; null takes one away. */
export function touched(mine: Answers, current: Answers): Answers {
  const wanted = Object.entries(mine).map(([key, value]): [string, Value] => [key, typeof value === 'string' ? value.trim() || null : value]);
  return Object.fromEntries(wanted.filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(current[key] ?? null)));
}

/** Fields she touched that somebody else has changed since. */
export function changedMeanwhile(mine: Answers, seen: Answers, current: Answers): string[] {
  return Object.keys(mine).filter((key) => JSON.stringify(seen[key] ?? null) !== JSON.stringify(current[key] ?? null));
}
