/** When to try again: full jitter between nothing and a ceiling that doubles from 5 seconds to 15 minutes. Pure. */

const FIRST_MS = 5_000;
const LONGEST_MS = 15 * 60_000;

/** ms to wait after `failures` failures in a row (1 or more); never less than the server asked for. `random` in [0, 1). */
export function waitAfter(failures: number, random: number, retryAfter = 0): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return Math.round(retryAfter + Math.max(1_000, random * ceiling));
}
