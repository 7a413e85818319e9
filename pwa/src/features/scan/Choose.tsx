/** Finding whom it is about, by name, pinyin or door. */
import { useState } from 'preact/hooks';
import type { Bundle, Person } from '../../store/api';
import { search } from '../../store/search';
import { useApp, useOpen, useT } from '../../ui/app';
import { sayDoor, sayPerson } from '../../ui/household';
import { Icon, Plate } from '../../ui/signs';
import { W } from './words';

const SHOWN = 20;

export interface Her {
  readonly person: Person;
  readonly bundle: Bundle;
}

export function Choose({ onPick }: { onPick: (her: Her) => void }) {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const [text, setText] = useState('');
  const bundles = store.bundles.value;
  const hits = text.trim() ? search(store, text.trim()) : [];
  const found = hits.flatMap((hit) => {
    const bundle = bundles.get(hit.household);
    const person = bundle?.persons.find((p) => p.id === hit.person);
    return bundle && person ? [{ person, bundle }] : [];
  });
  return (
    <>
      <label class="find"><span class="sr">{t(W.who)}</span><Icon name="search" /><input type="search" name="who" value={text} autocomplete="off" placeholder={t(W.who)} onInput={(e) => setText(e.currentTarget.value)} /></label>
      {text.trim() && found.length === 0 ? <p role="status">{t(W.nobody)}</p> : null}
      <ul class="card">
        {found.slice(0, SHOWN).map((her) => (
          <li key={her.person.id}>
            <button class="row open" type="button" onClick={() => onPick(her)}>
              <span class="grow"><b>{her.person.name}</b><p>{sayPerson(t, her.person, today.value)}</p></span>{her.bundle.household.none ? null : <Plate>{sayDoor(t, her.bundle.household)}</Plate>}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
