/** What was asked from the public page: by whom if a code was used, until when, and what to mind. */
import { sayDay, sayHour } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { Link } from '../../ui/link';
import { Note, Plate } from '../../ui/signs';
import { A } from './askedWords';
import { sayItem } from './items';
import type { InboxItem } from './wire';
import { W } from './words';

export function AskedItem({ item }: { item: InboxItem }) {
  const t = useT();
  const { today } = useApp();
  const { asked, subject } = item;
  if (!asked) return null;
  const facts = [[A.due, sayDay(t, asked.due_on, today.value)], [W.gotHour, sayHour(t, item.at, today.value)], [A.number, asked.number], [A.words, asked.words]] as const;
  return (
    <>
      <div class="card pad flex">{item.area ? <Plate>{item.area.name}</Plate> : null}<h2 class="grow">{sayItem(t, item)}</h2></div>
      <Note tone={subject ? 'ok' : 'late'} icon={subject ? 'check' : 'warn'}>{t(subject ? A.byCode : item.reason === 'card_lost' ? A.lostHow : A.anybody)}</Note>
      <dl class="card answers">
        <div class="row slim"><dt class="soft">{t(A.who)}</dt><dd>{subject ? <Link to={`/desk/person/${subject.id}`}>{subject.name}</Link> : t(A.nobody)}</dd></div>
        {subject ? null : <div class="row slim"><dt class="soft">{t(A.phone)}</dt><dd>{asked.phone ?? t(A.noPhone)}</dd></div>}
        {facts.map(([word, value]) => (value ? <div class="row slim" key={word[0]}><dt class="soft">{t(word)}</dt><dd>{value}</dd></div> : null))}
      </dl>
    </>
  );
}
