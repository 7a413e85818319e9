import type { Answers, Value } from '../store/api';

/** The answers with one changed; `undefined` takes it away. */
export function answered(answers: Answers, key: string, value: Value | undefined): Answers {
  const others = Object.fromEntries(Object.entries(answers).filter(([name]) => name !== key));
  return value === undefined ? others : { ...others, [key]: value };
}
