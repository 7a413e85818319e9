/** Wrong PINs: waits from the third, the key destroyed at the tenth. Counted on disk before each try. Pure. */

export const LAST_TRY = 10;

const S = 1000;
const WAITS: readonly number[] = [0, 0, 0, 15 * S, 30 * S, 60 * S, 120 * S, 240 * S, 480 * S, 900 * S];

/** Milliseconds to wait before the next try after `failed` wrong ones. A restart begins the wait anew. */
export const waitAfter = (failed: number): number => WAITS[Math.min(failed, WAITS.length - 1)] ?? 0;

export const isLast = (failed: number): boolean => failed >= LAST_TRY;
