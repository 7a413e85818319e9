/** The villages a phone speaks of, with their names: hers by grant, those whose lists are here, and those of a liaison's township. */
import type { Bundle, FeedStatus, Worker } from '../store/api';
import { useOpen } from './app';
import { remembered } from './remembered';

export interface Village {
  readonly code: string;
  readonly name: string;
}

const VILLAGE = /^\d{12}$/;

const livedIn = remembered((bundles: ReadonlyMap<string, Bundle>) => new Set([...bundles.values()].map((b) => b.household.area)));

/** In the order the lists came, which is the register's; a village that somebody lives in is never left out. */
export function villagesOf({ areas, villages = [] }: Pick<Worker, 'areas' | 'villages'>, feeds: readonly FeedStatus[], bundles: ReadonlyMap<string, Bundle>): Village[] {
  const named = new Map<string, string>();
  for (const { code, name } of areas) if (VILLAGE.test(code)) named.set(code, name);
  for (const { area, name } of feeds) if (VILLAGE.test(area) && !named.has(area)) named.set(area, name);
  for (const { code, name } of villages) if (!named.has(code)) named.set(code, name);
  for (const code of livedIn(bundles)) if (!named.has(code)) named.set(code, code);
  return [...named].map(([code, name]) => ({ code, name }));
}

export function useVillages(): readonly Village[] {
  const { store } = useOpen();
  return villagesOf(store.worker.value, store.status.value.feeds, store.bundles.value);
}

/** The name to tell doors of several villages apart; empty where there is but one. */
export const sayVillage = (villages: readonly Village[], code: string): string =>
  villages.length > 1 ? (villages.find((v) => v.code === code)?.name ?? '') : '';
