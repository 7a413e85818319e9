/** A long list: only what is near the screen is drawn; the rest keeps its height, so nothing jumps. */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useApp } from './app';

const TOGETHER = 8;
/** The rows below the first part are laid out once she pauses: at each letter of a search a new list begins. */
const REST_MS = 150;
/** Drawn this far above and below the screen. */
const NEAR = '900px 0px';
const FIRST_GUESS = 74;

interface LongProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  children: (item: Item) => ComponentChildren;
  /** stands in the same card, after the rows */
  last?: ComponentChildren;
}

/** True once she paused; at once where she comes back to a page that stood further down. */
function useRested(): boolean {
  const { router } = useApp();
  const [rested, setRested] = useState(() => router.left() > 0);
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), REST_MS);
    return () => clearTimeout(timer);
  }, []);
  return rested;
}

export function LongList<Item>({ items, keyOf, children, last }: LongProps<Item>) {
  const parts = useMemo(() => Array.from({ length: Math.ceil(items.length / TOGETHER) }, (_, n) => items.slice(n * TOGETHER, (n + 1) * TOGETHER)), [items]);
  const row = useRef(FIRST_GUESS);
  const rested = useRested();
  const below = rested ? 0 : Math.max(0, items.length - TOGETHER);
  return (
    <div class="card long" role="list">
      {(rested ? parts : parts.slice(0, 1)).map((part, n) => (
        <Part key={n} size={part.length} begins={n < 1} row={row}>
          {() => part.map((item, i) => <div key={keyOf(item)} role="listitem" aria-setsize={items.length} aria-posinset={n * TOGETHER + i + 1}>{children(item)}</div>)}
        </Part>
      ))}
      {below > 0 ? <div role="presentation" style={{ height: `${below * row.current}px` }} /> : null}
      {last ? <div role="listitem">{last}</div> : null}
    </div>
  );
}

interface PartProps {
  size: number;
  begins: boolean;
  /** height of a row, as the last part that was drawn had it */
  row: { current: number };
  children: () => ComponentChildren;
}

function Part({ size, begins, row, children }: PartProps) {
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const [near, setNear] = useState(begins);
  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry) return;
      if (entry.boundingClientRect.height > 0) height.current = entry.boundingClientRect.height;
      if (entry.isIntersecting) row.current = height.current / size;
      setNear(entry.isIntersecting);
    }, { rootMargin: NEAR });
    if (box.current) seen.observe(box.current);
    return () => seen.disconnect();
  }, [size]);
  if (near) return <div role="presentation" ref={box}>{children()}</div>;
  return <div role="presentation" ref={box} style={{ height: `${height.current || row.current * size}px` }} />;
}
