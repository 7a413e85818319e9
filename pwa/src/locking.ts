/** When an open store locks by itself, and how she comes back to the very field. */
import type { Clock } from './clock';

export interface Limits {
  /** ms without a touch */
  idle: number;
  /** ms out of sight */
  hidden: number;
}
const MINUTE = 60_000;
export const OWN_PHONE: Limits = { idle: 5 * MINUTE, hidden: 2 * MINUTE };
export const SHARED_PHONE: Limits = { idle: 5 * MINUTE, hidden: MINUTE / 2 };

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;
const LOOK_EVERY = 5_000;
const HOUR = 60 * MINUTE;

/**
 * Time out of use, by whichever of both clocks says more: the one that only runs forward may stand still while the phone
 * sleeps, the other may be set back.
 */
export function since(clock: Clock, then: { wall: number; steady: number }): number {
  return Math.max(clock.steady() - then.steady, clock.now() - then.wall);
}

const moment = (clock: Clock) => ({ wall: clock.now(), steady: clock.steady() });

/** Calls `lock` when the limits are reached, `hour` for each hour of work. Returns how to stop. */
export function watchIdle(win: Window, clock: Clock, limits: Limits, { lock, hour }: { lock: () => void; hour: () => void }): () => void {
  const seen = { touch: moment(clock), hidden: null as ReturnType<typeof moment> | null, hour: moment(clock) };
  const { document } = win;
  const touch = (): void => { seen.touch = moment(clock); };
  const look = (): void => {
    const away = seen.hidden && since(clock, seen.hidden) >= limits.hidden;
    if (away || since(clock, seen.touch) >= limits.idle) lock();
    if (clock.steady() - seen.hour.steady < HOUR) return;
    seen.hour = moment(clock);
    hour();
  };
  const turn = (): void => {
    const hidden = document.visibilityState === 'hidden';
    if (!hidden) look();
    seen.hidden = hidden ? moment(clock) : null;
    // The picture among the recent apps shows nobody.
    document.documentElement.toggleAttribute('data-away', hidden);
  };
  const timer = win.setInterval(look, LOOK_EVERY);
  for (const name of TOUCHES) document.addEventListener(name, touch, { capture: true, passive: true });
  document.addEventListener('visibilitychange', turn);
  return () => {
    win.clearInterval(timer);
    for (const name of TOUCHES) document.removeEventListener(name, touch, { capture: true });
    document.removeEventListener('visibilitychange', turn);
    document.documentElement.removeAttribute('data-away');
  };
}

/** Where she was: the page's address, how far down, and the field: its name, or which choice it is. No value of it. */
export interface Spot {
  path: string;
  y: number;
  field: string | number | null;
}

/** Choices are told by their place on the page: the name that binds a group is made anew whenever it is drawn. */
const choices = (win: Window): HTMLElement[] => [...win.document.querySelectorAll<HTMLElement>('main input[type=radio]')];

export function spotOf(win: Window): Spot {
  const on = win.document.activeElement;
  const choice = choices(win).findIndex((one) => one === on);
  const field = choice >= 0 ? choice : on?.getAttribute('name') ?? null;
  return { path: win.location.pathname + win.location.search, y: win.scrollY, field };
}

const fieldOf = (win: Window, field: Spot['field']): HTMLElement | null | undefined =>
  typeof field === 'string' ? win.document.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]`) : field === null ? null : choices(win)[field];

const PATIENCE_FRAMES = 60;

/** Brings her back once the page stands again; gives up after a second, or when she has gone elsewhere. */
export function returnTo(win: Window, spot: Spot, frames = PATIENCE_FRAMES): void {
  if (win.location.pathname + win.location.search !== spot.path || frames === 0) return;
  const found = fieldOf(win, spot.field);
  if (spot.field === null || found) {
    win.scrollTo(0, spot.y);
    found?.focus({ preventScroll: true });
  }
  if (!found && (spot.field !== null || win.scrollY < spot.y)) win.requestAnimationFrame(() => returnTo(win, spot, frames - 1));
}
