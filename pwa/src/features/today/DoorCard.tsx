/** One door with all that is due behind it. */
import { maskName } from '../../i18n/masks';
import { sayShort, daysBetween } from '../../i18n/days';
import type { T } from '../../i18n/words';
import type { DueItem } from '../../store/api';
import { useApp, useT } from '../../ui/app';
import { sayDoor, sayHome } from '../../ui/household';
import { Link } from '../../ui/link';
import { Icon, Plate, Tag, type Tone } from '../../ui/signs';
import { sayWhat, sayWhy } from '../../ui/why';
import { whenOf, type DoorTasks, type Task } from './doors';
import { W } from './words';

/** Being late is ours, so it is amber and never red. */
export function tagOf(t: T, item: DueItem, today: string): { tone: Tone; words: string } {
  const when = whenOf(item, today);
  if (when === 'overdue') return { tone: 'late', words: t(W.late, { n: item.late ?? Math.max(1, daysBetween(item.closes, today)) }) };
  const tone = when === 'today' ? 'act' : '';
  if (item.state === 'later') return { tone, words: t(W.from, { day: sayShort(t, item.opens, today) }) };
  return item.closes <= today ? { tone, words: t(W.now) } : { tone, words: t(W.until, { day: sayShort(t, item.closes, today) }) };
}

function TaskRow({ task }: { task: Task }) {
  const t = useT();
  const { settings, today } = useApp();
  const covered = settings.covered.value;
  const { tone, words } = tagOf(t, task.item, today.value);
  return (
    <Link class="row" to={`/visit/${task.person.id}`}>
      <span class="grow"><b>{covered ? maskName(task.person.name) : task.person.name}</b> {covered ? t(W.someone) : sayWhat(t, task.item)}
        {covered ? null : <p>{sayWhy(t, task.item)}</p>}</span>
      <Tag tone={tone}>{words}</Tag>
    </Link>
  );
}

export function DoorCard({ door }: { door: DoorTasks }) {
  const t = useT();
  const { settings } = useApp();
  const single = door.household.none === true;
  return (
    <>
      {single ? null : (
        <Link class="row door" to={`/household/${door.household.id}`}>
          <Plate>{sayDoor(t, door.household)}</Plate><span class="grow"><b>{settings.covered.value ? '' : sayHome(t, door.bundle)}</b></span><Icon name="next" />
        </Link>
      )}
      <ul>{door.tasks.map((task) => <li key={`${task.item.schedule}${task.item.person}`}><TaskRow task={task} /></li>)}</ul>
    </>
  );
}
