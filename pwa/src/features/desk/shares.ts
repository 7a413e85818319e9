/** The method mix as shares of those who use one, rounded half up in whole numbers. Pure. */
import type { Figure } from './wire';

export interface Share {
  readonly code: string;
  /** null: too few to show */
  readonly n: number | null;
  /** "73.36%" */
  readonly share: string | null;
}

/** `n` of `whole` in percent with two places, as text; null when there is nothing to divide by. */
export function percent(n: number, whole: number): string | null {
  if (whole <= 0) return null;
  const hundredths = Math.floor((2 * n * 10_000 + whole) / (2 * whole));
  return `${String(Math.floor(hundredths / 100))}.${String(hundredths % 100).padStart(2, '0')}%`;
}

/** Most used first; those who use none are no share of the users. */
export function shares({ mix, numerator }: Figure): Share[] {
  return Object.entries(mix)
    .filter(([code]) => code !== 'none')
    .map(([code, n]) => ({ code, n, share: n === null || numerator === null ? null : percent(n, numerator) }))
    .sort((a, b) => (b.n ?? 0) - (a.n ?? 0));
}
