/** The page of stock is long: from its top to each part of it in one press, the focus goes along. */
import type { Word } from '../../i18n/words';
import { useT } from '../../ui/app';
import type { StockShown } from './stockShapes';
import { S } from './stockWords';

/** The parts below the list of lots, by the ids of their sections. */
export const PARTS = { move: 'stock-move', way: 'stock-way', order: 'stock-order', year: 'stock-year', recall: 'stock-recall' } as const;

function go(id: string): void {
  const part = document.getElementById(id);
  part?.scrollIntoView();
  part?.querySelector<HTMLElement>('select, input, button')?.focus({ preventScroll: true });
}

export function StockJumps({ shown, station }: { shown: StockShown; station: boolean }) {
  const t = useT();
  const parts: readonly (readonly [there: boolean, id: string, word: Word])[] = [
    [station, PARTS.move, S.move],
    [shown.on_the_way.length > 0, PARTS.way, S.onTheWay],
    [shown.figures.some((one) => one.used > 0), PARTS.order, S.order],
    [shown.figures.length > 0, PARTS.year, S.figures],
    [station, PARTS.recall, S.recall],
  ];
  const there = parts.filter(([is]) => is);
  if (there.length === 0) return null;
  return <p class="flex wrap gap jumps">{there.map(([, id, word]) => <button class="btn" type="button" key={id} onClick={() => go(id)}>{t(word)}</button>)}</p>;
}
