/** What is due for her: offers whose form she may write, and what a note says; nobody is sent to do another's work. */
import type { DueItem } from '../store/api';
import { useApp, useOpen } from './app';
import { formOf } from './labels';

export const duties = (items: readonly DueItem[], roles: readonly string[]): DueItem[] =>
  items.filter(({ form }) => form === null || (formOf(form)?.writers.some((role) => roles.includes(role)) ?? true));

const mine = new WeakMap<readonly DueItem[], { roles: string; items: DueItem[] }>();

/** The same list while nothing changed, since several parts of a page ask at each letter she types. */
function remembered(items: readonly DueItem[], roles: readonly string[]): DueItem[] {
  const was = mine.get(items);
  if (was?.roles === roles.join()) return was.items;
  const found = duties(items, roles);
  mine.set(items, { roles: roles.join(), items: found });
  return found;
}

/** Everything due for this worker today, late ones first as the store sorts them. */
export function useDue(): DueItem[] {
  const { store } = useOpen();
  const { today } = useApp();
  void store.bundles.value;
  const { role, areas } = store.worker.value;
  return remembered(store.due(today.value), [role, ...areas.map((area) => area.role)]);
}
