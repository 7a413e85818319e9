/** Everything that is left to chance comes from one seed. */

export interface Dice {
  /** a whole number from 0 to n - 1 */
  under(n: number): number;
  /** true in `percent` of a hundred cases */
  maybe(percent: number): boolean;
  /** one of these, which are not empty */
  one<T>(of: readonly T[]): T;
  /** one of these, each as often as its weight says */
  weighed<T extends { weight: number }>(of: readonly T[]): T;
  fill(bytes: Uint8Array): void;
}

/** xorshift128; the first rounds mix the seed in. */
export function diceOf(seed: number): Dice {
  const s = Uint32Array.of(seed ^ 0x9e3779b9, Math.imul(seed, 0x85ebca6b) ^ 0xc2b2ae35, seed + 0x27d4eb2f, 0x165667b1);
  const next = () => {
    const [t, a] = [(s[3] ?? 0) ^ ((s[3] ?? 0) << 11), s[0] ?? 0];
    s.copyWithin(1, 0, 3);
    s[0] = t ^ (t >>> 8) ^ a ^ (a >>> 19);
    return s[0];
  };
  for (let i = 0; i < 20; i++) next();
  const under = (n: number) => Math.floor((next() / 2 ** 32) * n);
  return {
    under,
    maybe: (percent) => under(100) < percent,
    one: (of) => of[under(of.length)] as (typeof of)[number],
    weighed(of) {
      let left = under(of.reduce((sum, one) => sum + one.weight, 0));
      return of.find((one) => (left -= one.weight) < 0) as (typeof of)[number];
    },
    fill: (bytes) => bytes.forEach((_, i) => void (bytes[i] = next() >>> 24)),
  };
}
