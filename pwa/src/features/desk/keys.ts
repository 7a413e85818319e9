/** The desk by keyboard: arrows in lists, and shortcuts that stay quiet while something is typed. */
import { useLayoutEffect } from 'preact/hooks';

/** Where an arrow key leads in a list of `n` from place `at` (-1: before it); null for other keys. */
export function step(key: string, at: number, n: number): number | null {
  if (n === 0) return null;
  switch (key) {
    case 'ArrowDown': return Math.min(n - 1, at + 1);
    case 'ArrowUp': return Math.max(0, at - 1);
    case 'Home': return 0;
    case 'End': return n - 1;
    default: return null;
  }
}

export const typing = (e: KeyboardEvent): boolean =>
  e.target instanceof HTMLInputElement || e.target instanceof HTMLSelectElement || e.target instanceof HTMLTextAreaElement;

/** A bare key: nothing held with it, nothing typed into, no dialog open. */
const bare = (e: KeyboardEvent): boolean => !e.ctrlKey && !e.altKey && !e.metaKey && !typing(e) && document.querySelector('dialog[open]') === null;

/** Hears bare keys anywhere on the page; `press` answers whether it took one. Heard from the moment the page shows what the key is for. */
export function useKeys(press: (key: string) => boolean): void {
  useLayoutEffect(() => {
    const hear = (e: KeyboardEvent): void => {
      if (bare(e) && press(e.key)) e.preventDefault();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  });
}

/** For the container of a list: arrows move the focus among what carries `data-row`. */
export function walk(e: KeyboardEvent): void {
  const place = e.currentTarget as HTMLElement;
  const rows = [...place.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const to = e.target instanceof HTMLSelectElement ? null : step(e.key, at, rows.length);
  if (to === null || (at < 0 && e.key !== 'ArrowDown') || (typing(e) && (e.key === 'Home' || e.key === 'End'))) return;
  e.preventDefault();
  rows[to]?.focus();
}
