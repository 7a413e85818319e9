/** What she uses now and what she got this year: facts, no target. */
import { sayDay, sayVague } from '../../i18n/days';
import { both } from '../../i18n/words';
import { currentMethod } from '../../rules/method';
import type { Rec, VagueDate } from '../../store/api';
import { useApp, useT } from '../../ui/app';
import { formOf, optionOf } from '../../ui/labels';
import { plain } from '../../ui/plain';
import { lastOf, received } from './about';
import { W } from './words';

const FOLLOWUP = 'contraceptive_followup';

/** Since when, by the newest record that says so for this method. */
function sinceOf(records: readonly Rec[], method: string): VagueDate | undefined {
  const said = records.find((r) => r.form === FOLLOWUP && r.status === 'live' && r.answers.method === method && r.answers.started_on);
  return said?.answers.started_on as VagueDate | undefined;
}

export function Method({ records }: { records: readonly Rec[] }) {
  const t = useT();
  const { today } = useApp();
  const method = currentMethod(records.map(plain), today.value);
  const since = method ? sinceOf(records, method) : undefined;
  const got = received(records, today.value);
  const items = formOf('contraceptive_supply')?.fields.find((f) => f.key === 'item')?.options ?? [];
  return (
    <section class="card pad stack" aria-label={t(W.method)}>
      {method === null || method === undefined ? <p class="soft">{t(W.noMethod)}</p> : method === 'none' ? <p>{t(W.none)}</p> : (
        <p>{t(W.method)} <b>{t(both(optionOf(FOLLOWUP, 'method', method)))}</b>{since ? t(W.since, { day: sayVague(t, since, today.value) }) : ''}</p>
      )}
      {got.map(({ item, qty }) => {
        const option = items.find((o) => o.code === item);
        const unit = option?.unit ? t(both(option.unit)) : '';
        const last = lastOf(records, item);
        const lot = typeof last?.answers.lot === 'string' ? t(W.lot, { lot: last.answers.lot }) : '';
        return (
          <p class="small" key={item}>{t(W.year)} {option ? t(both(option)) : item} {qty} {unit}
            {last ? <><br /><span class="soft">{t(W.lastGot, { day: sayDay(t, last.occurredOn, today.value), n: typeof last.answers.qty === 'number' ? last.answers.qty : '', unit, lot })}</span></> : null}</p>
        );
      })}
    </section>
  );
}
