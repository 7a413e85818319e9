/** Narrowing the list: what is due, who moved in or out, one service. */
import { book, type Form } from '../../generated/rulebook';
import { both } from '../../i18n/words';
import { useOpen, useT } from '../../ui/app';
import { labelOf } from '../../ui/labels';
import type { Filters } from './filters';
import { W } from './words';

/** Residents are nearly everybody, so there is no chip for them. */
const RESIDENCES = ['moved_in', 'moved_out'] as const;
/** Forms about one person that speak of a service, of those that may come to her phone. */
const services = (role: string): Form[] =>
  Object.values(book.forms).filter((form) => form.consent !== null && form.subject !== 'place' && Object.values(form.readers).some((readers) => readers.includes(role)));

const without = (all: readonly string[], one: string): string[] => all.filter((other) => other !== one);

export function Chips({ filters, onFilters }: { filters: Filters; onFilters: (filters: Filters) => void }) {
  const t = useT();
  const { role } = useOpen().store.worker.value;
  const chip = (label: string, on: boolean, tap: () => void) => (
    <label class="pick" key={label}><input type="checkbox" checked={on} onChange={tap} /><span>{label}</span></label>
  );
  const residence = (code: string): void => {
    const on = filters.residence.includes(code);
    onFilters({ ...filters, residence: on ? without(filters.residence, code) : [...filters.residence, code] });
  };
  return (
    <div class="picks chips" role="group" aria-label={t(W.only)}>
      {chip(t(W.dueOnly), filters.due, () => onFilters({ ...filters, due: !filters.due }))}
      {RESIDENCES.map((code) => chip(t(both(labelOf('residence', code))), filters.residence.includes(code), () => residence(code)))}
      <label class="field"><span class="sr">{t(W.service)}</span>
        <select value={filters.service} onChange={(e) => onFilters({ ...filters, service: e.currentTarget.value })}>
          <option value="">{t(W.anyService)}</option>
          {services(role).map((form) => <option key={form.id} value={form.id}>{t(both(form))}</option>)}
        </select>
      </label>
    </div>
  );
}
