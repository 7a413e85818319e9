import { english, inEnglish } from '../rules/english';

/** A word in both tongues, Chinese first. `{n}` is filled in; `{n|day|days}` picks by the number n. */
export type Word = readonly [zh: string, en: string];

export type Values = Readonly<Record<string, string | number>>;

export type Lang = 'zh' | 'en';

/** Says a word in the reader's tongue. Pages get one from `useT()`, pure sentences take it as an argument. */
export type T = ((word: Word, values?: Values) => string) & { readonly lang: Lang };

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, key: string, one?: string, many?: string) => {
    const value = values[key];
    if (value === undefined) return whole;
    if (one === undefined) return String(value);
    return Number(value) === 1 ? one : (many ?? one);
  });
}

/** A speaker of one tongue. */
export function speak(lang: Lang): T {
  const say = (word: Word, values?: Values): string => {
    const text = lang === 'zh' ? word[0] : inEnglish(...word);
    return values ? filled(text, values) : text;
  };
  return Object.assign(say, { lang });
}

/** Fetches the English; it is in the precache. Rejects when the line breaks before it is. */
export async function learnEnglish(): Promise<void> {
  english.words = (await import('./english')).ENGLISH;
}

/** Anything from the rulebook that carries both tongues. */
export interface Named {
  readonly zh: string;
  readonly en: string;
}

export const both = (named: Named): Word => [named.zh, named.en];
