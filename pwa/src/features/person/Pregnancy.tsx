/** Pregnancies as her records tell them, for who may read those: since when, when the child is due, when it ended. */
import { sayDay, sayVague, type Vague } from '../../i18n/days';
import type { T, Word } from '../../i18n/words';
import { episodes, type Episode } from '../../rules/episodes';
import type { Rec } from '../../store/api';
import { useApp, useT } from '../../ui/app';
import { plain } from '../../ui/plain';
import { Note } from '../../ui/signs';
import { useForm } from '../../ui/whole';

const FORM = 'anc';

const W = {
  title: ['怀孕随访', 'Antenatal care'],
  begun: ['{day}第一次来', 'first visit {day}'],
  said: ['末次月经 {day}', 'last menses {day}'],
  dueOn: ['预产期 {day}', 'due {day}'],
  dueFrom: ['预产期 {first}至{last}', 'due {first} to {last}'],
  ended: ['{first}至{last}，记了 {n} 次', '{first} to {last}, {n} {n|record|records}'],
} as const satisfies Record<string, Word>;

/** Of one that goes on its due days; of an earlier one that it was, and not how it ended. */
export function sayEpisode(t: T, { begun, said, due, ended, events }: Episode, today: string): string {
  const day = (one: string): string => sayDay(t, one, today);
  if (ended !== null) return t(W.ended, { first: day(begun), last: day(ended), n: events.length });
  const lines = [t(W.begun, { day: day(begun) })];
  if (said !== null) lines.push(t(W.said, { day: sayVague(t, said as Vague, today) }));
  if (due) lines.push(due[0] === due[1] ? t(W.dueOn, { day: day(due[0]) }) : t(W.dueFrom, { first: day(due[0]), last: day(due[1]) }));
  return lines.join(t.lang === 'zh' ? '，' : ', ');
}

export function Pregnancy({ records }: { records: readonly Rec[] }) {
  const t = useT();
  const { today } = useApp();
  const form = useForm(FORM);
  const found = form ? episodes(form, records.map(plain), today.value) : [];
  if (found.length === 0) return null;
  return <Note icon="clock"><b>{t(W.title)}</b>{found.map((one) => <p key={one.begun}>{sayEpisode(t, one, today.value)}</p>)}</Note>;
}
