/** Items the town keeps whole but could not use: why, and what she can do. */
import type { SyncStatus } from '../../store/api';
import { useOpen, useT } from '../../ui/app';
import { sayTodo, sayWhyAsked } from './asks';
import { Link } from '../../ui/link';
import { Mark } from '../../ui/signs';
import { W } from './words';

type Item = SyncStatus['parked'][number];

function One({ item }: { item: Item }) {
  const t = useT();
  const { store } = useOpen();
  const person = item.person ? store.bundleOf(item.person)?.persons.find((p) => p.id === item.person) : undefined;
  return (
    <li>
      <div class="row"><Mark at="ask" /><span class="grow">{person ? <b>{person.name}</b> : null}<p>{sayWhyAsked(t, item.code)}。{t(W.whole)}</p><p>{sayTodo(t, item.code)}</p></span></div>
      <div class="pad pair">
        {person ? <Link class="btn" to={`/person/${person.id}`}>{t(W.open)}</Link> : null}
        <button class="btn" type="button" onClick={() => void store.dismiss(item.id)}>{t(W.seen)}</button>
      </div>
    </li>
  );
}

export function Parked({ parked }: { parked: SyncStatus['parked'] }) {
  const t = useT();
  return (
    <>
      <h2>{t(W.ask)} <small>{t(W.items, { n: parked.length })}</small></h2>
      <ul class="card">{parked.map((item) => <One item={item} key={item.id} />)}</ul>
    </>
  );
}
