/** Who wrote a record, who corrected it and how, who made it void. */
import { sayHour, sayDay } from '../../i18n/days';
import type { Form } from '../../generated/rulebook';
import { both, type T } from '../../i18n/words';
import type { Answers, Rec, Where } from '../../store/api';
import { useApp, useT } from '../../ui/app';
import { Mark } from '../../ui/signs';
import { useForm } from '../../ui/whole';
import { useWho } from '../../ui/who';
import { isSaid, sayAnswer } from './answer';
import { sayCause } from './cause';
import { W } from './sheetWords';

/** One line a field that was corrected. */
export function sayFields(t: T, form: Form | undefined, set: Answers, was: Answers, today: string): string[] {
  const fields = form?.fields.filter((field) => field.key in set && isSaid(field)) ?? [];
  return fields.map((field) => {
    const what = t(both(field));
    const [now, before] = [set[field.key] ?? null, was[field.key] ?? null];
    if (now === null) return t(W.fieldTook, { what });
    const said = sayAnswer(t, field, now, today);
    return before === null ? t(W.fieldPut, { what, now: said }) : t(W.fieldFrom, { what, now: said, was: sayAnswer(t, field, before, today) });
  });
}

interface StepProps {
  what: string;
  lines: readonly string[];
  by: { author: string; role: string; at?: number };
  day: string;
  where: Where;
}

function Step({ what, lines, by, day, where }: StepProps) {
  const t = useT();
  const who = useWho();
  const { today } = useApp();
  const when = by.at === undefined ? sayDay(t, day, today.value) : sayHour(t, by.at, today.value);
  return (
    <li class="row">
      <Mark at={where} />
      <span class="grow"><b>{what}</b>{lines.map((line) => <p key={line}>{line}</p>)}<p>{t(W.wrote, { who: who(by.author, by.role), when })}</p></span>
    </li>
  );
}

export function Trail({ record }: { record: Rec }) {
  const t = useT();
  const { today } = useApp();
  const because = (reason: string): string[] => (reason ? [t(W.because, { reason: sayCause(t, reason) })] : []);
  const form = useForm(record.form);
  const { amends = [], voided, occurredOn: day } = record;
  if (record.seenAs) return null;
  return (
    <section aria-label={t(W.trail)}>
      <ul class="card">
        <Step what={t(W.first)} lines={[]} by={record} day={day} where={amends.length > 0 || voided ? 'town' : record.where} />
        {amends.map((one) => <Step key={one.id} what={t(W.amend)} lines={[...sayFields(t, form, one.answers, one.was, today.value), ...because(one.reason)]} by={one} day={day} where={one.where} />)}
        {voided ? <Step what={t(W.struck)} lines={because(voided.reason)} by={voided} day={day} where={voided.where} /> : null}
      </ul>
    </section>
  );
}
