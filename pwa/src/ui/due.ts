/** What is due for her: offers whose form she may write, and what a note says; nobody is sent to do another's work. */
import type { DueItem } from '../store/api';
import { useApp, useOpen } from './app';
import { formOf } from './labels';

export const duties = (items: readonly DueItem[], roles: readonly string[]): DueItem[] =>
  items.filter(({ form }) => form === null || (formOf(form)?.writers.some((role) => roles.includes(role)) ?? true));

/** Everything due for this worker today, late ones first as the store sorts them. */
export function useDue(): DueItem[] {
  const { store } = useOpen();
  const { today } = useApp();
  void store.bundles.value;
  const { role, areas } = store.worker.value;
  return duties(store.due(today.value), [role, ...areas.map((area) => area.role)]);
}
