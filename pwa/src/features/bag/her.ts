/** Whose bag this is, what this phone knows of it, and where she writes it down. */
import { useMemo } from 'preact/hooks';
import type { Form } from '../../generated/rulebook';
import type { Rec, Worker } from '../../store/api';
import { bagOf, FORM } from '../../ui/bag';
import { useOpen } from '../../ui/app';
import { useForm } from '../../ui/whole';

/** Everything this phone knows of; the same list while nothing happened. */
export function useAll(): readonly Rec[] {
  const { store } = useOpen();
  const [loose, bundles] = [store.loose.value, store.bundles.value];
  return useMemo(() => [...loose, ...[...bundles.values()].flatMap((b) => b.records)], [loose, bundles]);
}

export interface Keeper {
  readonly role: string;
  /** where her movements are written */
  readonly area: string;
  readonly township: string;
  readonly bag: string;
}

const TOWNSHIP = 9;

/** The place among hers in which she keeps stock, best one of this township; null: her roles keep none. */
export function keeper(worker: Worker, form: Form, township = ''): Keeper | null {
  const mine = worker.areas.filter(({ role }) => form.writers.includes(role));
  const at = mine.find(({ code }) => township !== '' && code.startsWith(township.slice(0, TOWNSHIP))) ?? mine[0];
  return at ? { role: at.role, area: at.code, township: at.code.slice(0, TOWNSHIP), bag: bagOf(worker.id) } : null;
}

/** undefined while the form's words are fetched. */
export function useKeeper(township = ''): Keeper | null | undefined {
  const worker = useOpen().store.worker.value;
  const form = useForm(FORM);
  return form && keeper(worker, form, township);
}
