/** Her bag by the book, for pages that come without the rules of stock: they give a child that is told. */
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Bag, Rec } from '../store/api';
import { useT } from './app';
import { inBag, lotSays, sayLot } from './bag';
import { carried, type Carried } from './carried';

export interface Told {
  readonly items: readonly Carried[];
  /** what is said of a lot that expires on this day; "" for nothing */
  readonly says: (expiry: string) => string;
}

export interface BookedProps {
  all: readonly Rec[];
  /** as the desk listed it */
  bag: Bag;
  worker: string;
  today: string;
  doubt: boolean;
  children: (told: Told) => ComponentChildren;
}

export function WithBag({ all, bag, worker, today, doubt, children }: BookedProps) {
  const t = useT();
  const booked = useMemo(() => inBag(all, worker), [all, worker]);
  return <>{children({ items: carried(bag, booked, all, worker, doubt ? '' : today), says: (expiry) => sayLot(t, lotSays(expiry, today, doubt)) })}</>;
}
