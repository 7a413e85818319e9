/** A long list in pieces: what fills the glass at first, more as she comes near its end. Nothing above ever moves. */
import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from './app';

/** Rows at first, and rows more at a time: few enough that no frame is late on a cheap phone. */
const FIRST = 6;
const MORE = 4;
const STEP = 2;
const STEP_MS = 80;
const AHEAD = '900px';
/** No row is lower: so many are there again when she comes back to where she was. */
const LEAST = 48;

interface GrowingProps<T> {
  class?: string;
  items: readonly T[];
  /** So many stand in the first frame; the others that belong on the glass follow in frames of their own. */
  begin?: number;
  /** One `li` with a key. */
  children: (item: T) => ComponentChild;
}

export function Growing<T>({ items, children, begin = FIRST, ...rest }: GrowingProps<T>) {
  const { router } = useApp();
  const [shown, setShown] = useState(() => (router.left() > 0 ? FIRST + Math.ceil(router.left() / LEAST) : Math.min(begin, FIRST)));
  const end = useRef<HTMLLIElement>(null);
  const more = shown < items.length;
  useEffect(() => {
    if (shown >= FIRST) return undefined;
    const timer = setTimeout(() => setShown(Math.min(FIRST, shown + STEP)), STEP_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  useEffect(() => {
    const mark = end.current;
    if (!mark) return undefined;
    const eye = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) setShown(shown + MORE); }, { rootMargin: AHEAD });
    eye.observe(mark);
    return () => eye.disconnect();
  }, [shown, more]);
  return <ul {...rest}>{items.slice(0, shown).map(children)}{more ? <li ref={end} class="end" aria-hidden="true" /> : null}</ul>;
}
