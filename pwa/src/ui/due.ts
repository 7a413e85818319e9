/** What is due for her: offers whose form she may write, and what a note says; nobody is sent to do another's work. */
import type { DueItem } from '../store/api';
import { useApp, useOpen } from './app';
import { headOf } from './heads';
import { remembered } from './remembered';

export function duties(items: readonly DueItem[], roles: readonly string[]): DueItem[] {
  const others = new Map<string, boolean>();
  const isOthers = (form: string): boolean => {
    const known = others.get(form) ?? headOf(form)?.writers.every((role) => !roles.includes(role)) ?? false;
    others.set(form, known);
    return known;
  };
  return items.filter(({ form }) => form === null || !isOthers(form));
}

const mine = remembered((items: readonly DueItem[], roles) => duties(items, roles.split(',')));

/** How many wait now: due or late. */
export const waitingNow = remembered((items: readonly DueItem[]) => items.filter((item) => item.state !== 'later').length);

/** Everything due for this worker today, late ones first as the store sorts them. */
export function useDue(): DueItem[] {
  const { store } = useOpen();
  const { today } = useApp();
  void store.bundles.value;
  const { role, areas } = store.worker.value;
  return mine(store.due(today.value), [role, ...areas.map((area) => area.role)].join());
}
