/** One item: both values of a conflict, or what the phone sent and why it could not be used. */
import { sayDay, sayHour } from '../../i18n/days';
import { both } from '../../i18n/words';
import type { Answers, Rec, Value } from '../../store/api';
import { useApp, useT } from '../../ui/app';
import { sayReason } from '../../ui/reasons';
import { formOf, labelOf } from '../../ui/labels';
import { sayRecord } from '../../ui/record';
import { Note, Plate } from '../../ui/signs';
import { AskedItem } from './AskedItem';
import { sayBoth, sayChoice, sayField, sayItem, sayValue, sayWriter } from './items';
import { TwinsItem } from './TwinsItem';
import type { InboxItem } from './wire';
import { W } from './words';

interface ItemProps {
  item: InboxItem;
  onDecide: (choice: string) => void;
}

function Choices({ item, onDecide }: ItemProps) {
  const t = useT();
  return (
    <div class="card pad flex">
      <span class="grow">{item.decision ? '' : t(W.whatToDo)}</span>
      {item.choices.map((choice, i) => <button class={i === 0 ? 'btn main' : 'btn'} type="button" key={choice} onClick={() => onDecide(choice)}><kbd>{i + 1}</kbd>{sayChoice(t, item, choice)}</button>)}
    </div>
  );
}

function Value2({ item, which, onDecide }: ItemProps & { which: 'kept' | 'offered' }) {
  const t = useT();
  const { today } = useApp();
  const i = item.choices.indexOf(which);
  const hour = (ms: number | null): string | null => (ms === null ? null : sayHour(t, ms, today.value));
  return (
    <article class="card pad val">
      <p class="soft">{t(which === 'kept' ? W.first : W.second)}</p>
      <p class="num">{sayBoth(t, item)[which]}</p>
      <p>{which === 'kept' ? sayWriter(t, item.kept_by, hour(item.kept_at)) : sayWriter(t, item.offered_by, hour(item.offered_at))}</p>
      {i >= 0 ? <button class="btn main" type="button" onClick={() => onDecide(which)}><kbd>{i + 1}</kbd>{sayChoice(t, item, which)}</button> : null}
    </article>
  );
}

function Conflict(props: ItemProps) {
  const t = useT();
  const { today } = useApp();
  const { item } = props;
  return (
    <>
      <div class="card pad flex"><Plate>{item.area?.name}</Plate><h2 class="grow">{t(W.which, { name: item.subject?.name ?? '', field: sayField(t, item) })}</h2><span class="soft">{t(W.gotAt, { when: sayHour(t, item.at, today.value) })}</span></div>
      <div class="pair"><Value2 {...props} which="kept" /><Value2 {...props} which="offered" /></div>
      {item.decision ? <Choices {...props} /> : <p class="card pad">{t(W.later)}</p>}
    </>
  );
}

/** What the phone sent, in the words of a record where it is one. */
function Sent({ item }: { item: InboxItem }) {
  const t = useT();
  const { today } = useApp();
  const { event } = item;
  if (!event) return null;
  const form = (event.schema ?? '').split('/')[0] ?? '';
  const answers = (event.body?.answers ?? {}) as Answers;
  const record = { form, answers, id: '', version: 1, occurredOn: '', role: '', author: '', status: 'live', where: 'town' } as Rec;
  const set = (event.body?.set ?? {}) as Record<string, Value>;
  return (
    <div class="card past">
      <h3 class="row">{t(W.sent)}</h3>
      {event.occurred_on ? <p class="row"><span class="when soft">{t(W.dayOf)}</span>{sayDay(t, event.occurred_on, today.value)}</p> : null}
      {event.t === null ? null : <p class="row"><span class="when soft">{t(W.phoneClock)}</span>{sayHour(t, event.t, today.value)}</p>}
      <p class="row"><span class="when soft">{t(W.gotHour)}</span>{sayHour(t, item.at, today.value)}</p>
      {event.clinical ? <p class="row">{t(W.clinical)}</p> : event.kind === 'record' && formOf(form) ? <p class="row"><span class="when soft">{t(W.content)}</span>{sayRecord(t, record, today.value)}</p> : null}
      {Object.entries(set).map(([field, value]) => <p class="row" key={field}><span class="when soft">{t(both(labelOf('person_fields', field)))}</span>{sayValue(t, field, value)}</p>)}
    </div>
  );
}

export function Item(props: ItemProps) {
  const t = useT();
  const { item } = props;
  if (item.kind === 'twins') return <><TwinsItem item={item} /><Choices {...props} /></>;
  if (item.kind === 'asked') return <><AskedItem item={item} /><Choices {...props} /></>;
  if (item.kind === 'conflict') return <Conflict {...props} />;
  return (
    <>
      <div class="card pad flex">{item.area ? <Plate>{item.area.name}</Plate> : null}<h2 class="grow">{sayItem(t, item)}</h2></div>
      {item.reason ? <Note tone="late" icon="warn">{sayReason(t, item.reason, (item.event?.schema ?? '').split('/')[0])}</Note> : null}
      <Sent item={item} />
      <Choices {...props} />
    </>
  );
}
