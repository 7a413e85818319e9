/** An answer out of the usual range is looked at once more before it is kept: said with a tap, or by pressing on a second time. */
import { useState } from 'preact/hooks';
import type { Finding, Form } from '../generated/rulebook';
import type { Answers } from '../store/api';

/** Answers that somebody looked at again, as `markOf` writes them: another value is another mark. */
export type Sure = readonly string[];

export const markOf = (form: Form, answers: Answers, key: string): string => `${form.id}.${key}=${JSON.stringify(answers[key])}`;

/** The marks of what is unusual and was not looked at again. */
export const unsure = (form: Form, answers: Answers, findings: readonly Finding[], sure: Sure = []): string[] =>
  findings.filter(({ code }) => code === 'unusual').map(({ field }) => markOf(form, answers, field)).filter((mark) => !sure.includes(mark));

/** A tap says it, another one takes it back. */
export const tapped = (sure: Sure, mark: string): Sure => (sure.includes(mark) ? sure.filter((one) => one !== mark) : [...sure, mark]);

/** Holds a press up once for each mark; `asks`: it did, and what it asked about still stands. */
export function useLook() {
  const [shown, setShown] = useState<Sure>([]);
  const holds = (marks: Sure): boolean => {
    const fresh = marks.filter((mark) => !shown.includes(mark));
    if (fresh.length > 0) setShown([...shown, ...fresh]);
    return fresh.length > 0;
  };
  return { holds, asks: (marks: Sure): boolean => marks.some((mark) => shown.includes(mark)) };
}
