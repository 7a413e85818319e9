/** An old certificate with a code of its own: its words are shown to her who holds it out and are kept nowhere. Pure. */
import type { Value } from '../../store/api';

const LONGEST = 600;

/** The words of a paper; null for addresses, payment codes and whatever else is no text in Chinese, and for far too much. */
export function paperText(text: string): string | null {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const reads = /\p{Script=Han}/u.test(plain) && !plain.includes('://');
  return reads && plain.length <= LONGEST ? plain : null;
}

/** The sheet of who arrives or leaves, with one word in it: an old paper was seen. */
export const MOVING = 'moving';
export function withSeen(kept: Value | undefined): Value {
  const begun = kept !== null && typeof kept === 'object' && !Array.isArray(kept) ? kept : {};
  const answers = begun.answers !== null && typeof begun.answers === 'object' && !Array.isArray(begun.answers) ? begun.answers : {};
  return { ...begun, answers: { ...answers, legacy_paper: true } };
}
