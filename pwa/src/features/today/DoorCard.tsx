/** One door with all that is due behind it. */
import { maskName } from '../../i18n/masks';
import { sayDay, daysBetween } from '../../i18n/days';
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
  if (when === 'overdue') return { tone: 'late', words: t(W.late, { n: Math.max(1, daysBetween(item.due, today)) }) };
  if (when === 'today') return { tone: 'act', words: t(W.now) };
  return { tone: '', words: t(item.state === 'due' ? W.until : W.on, { day: sayDay(t, item.due, today) }) };
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
          <Plate>{sayDoor(t, door.household)}</Plate><b class="grow">{settings.covered.value ? '' : sayHome(t, door.bundle)}</b><Icon name="next" />
        </Link>
      )}
      <ul>{door.tasks.map((task) => <li key={`${task.item.schedule}${task.item.person}`}><TaskRow task={task} /></li>)}</ul>
    </>
  );
}
