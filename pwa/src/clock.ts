/** The only place of the phone app that reads a clock. Everything else takes times and days as arguments. */

const DISAGREE_MS = 2_000;

/** Two clocks: the one on the wall, which people set, and one that only runs forward. Both in ms. */
export interface Sources {
  wall(): number;
  steady(): number;
}

export interface Clock {
  /** ms since 1970, as this phone believes */
  now(): number;
  /** ms of a clock that nobody can set; for measuring only */
  steady(): number;
  /** Names a stretch during which the wall clock was not set: new at each start and whenever both clocks disagree by more than 2 s. */
  clk(): string;
  /** The day, "YYYY-MM-DD", in the phone's time zone; `offset` (server minus phone, ms) corrects it. */
  today(offset?: number): string;
}

export function createClock(sources: Sources = browser, name: () => string = randomName): Clock {
  let clk = name();
  let gap = sources.wall() - sources.steady();
  return {
    now: () => Math.floor(sources.wall()),
    steady: () => sources.steady(),
    clk() {
      const gapNow = sources.wall() - sources.steady();
      if (Math.abs(gapNow - gap) > DISAGREE_MS) clk = name();
      gap = gapNow;
      return clk;
    },
    today: (offset = 0) => dayOf(sources.wall() + offset),
  };
}

/** The local day of a time in ms. */
export function dayOf(ms: number): string {
  const d = new Date(ms);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

const two = (n: number) => String(n).padStart(2, '0');
const browser: Sources = { wall: () => Date.now(), steady: () => performance.now() };

function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
