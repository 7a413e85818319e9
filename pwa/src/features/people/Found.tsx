/** What a search found, with the reason underlined. */
import { useMemo } from 'preact/hooks';
import type { Bundle, Hit, Person } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { sayDoor, sayHome, sayPerson } from '../../ui/household';
import { Link } from '../../ui/link';
import { Plate } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { sayVillage, useVillages, type Village } from '../../ui/villages';
import { underlined } from './underline';
import { W } from './words';

/** More than a screenful of names helps nobody. */
const SHOWN = 50;

interface OneProps {
  villages: readonly Village[];
  hit: Hit;
  bundle: Bundle;
}

function Name({ person, hit }: { person: Person; hit: Hit }) {
  const { name, pinyin } = underlined(person, hit);
  const piece = (p: { text: string; hit: boolean }, i: number) => (p.hit ? <b key={i}>{p.text}</b> : p.text);
  return <><b class="py">{name.map((p, i) => (p.hit ? <u key={i}>{p.text}</u> : p.text))}</b>{pinyin.length > 0 ? <> <small class="soft py">{pinyin.map(piece)}</small></> : null}</>;
}

function One({ hit, bundle, villages }: OneProps) {
  const t = useT();
  const { today } = useApp();
  const village = sayVillage(villages, bundle.household.area);
  const person = bundle.persons.find((p) => p.id === hit.person);
  const door = bundle.household.none ? null : <Plate>{sayDoor(t, bundle.household)}</Plate>;
  if (!person) return <Link class="row" to={`/household/${hit.household}`}><span class="grow"><b>{sayHome(t, bundle)}</b>{village ? <p>{village}</p> : null}</span>{door}</Link>;
  return (
    <Link class="row" to={`/person/${person.id}`}>
      <span class="grow"><Name person={person} hit={hit} /><p>{[sayPerson(t, person, today.value), village].filter(Boolean).join('　')}</p></span>{door}
    </Link>
  );
}

export function Found({ text }: { text: string }) {
  const t = useT();
  const { store } = useOpen();
  const bundles = store.bundles.value;
  const villages = useVillages();
  const hits = useMemo(() => store.search(text.trim()), [text, bundles]);
  if (hits.length === 0) return <Empty icon="search"><b role="status">{t(W.nobody, { text: text.trim() })}</b><p>{t(W.nobodyHint)}</p></Empty>;
  return (
    <>
      <h2><span role="status">{t(W.found, { n: hits.length })}</span></h2>
      <ul class="card">
        {hits.slice(0, SHOWN).map((hit) => {
          const bundle = bundles.get(hit.household);
          return bundle ? <li key={`${hit.household}${hit.person ?? ''}`}><One hit={hit} bundle={bundle} villages={villages} /></li> : null;
        })}
      </ul>
      {hits.length > SHOWN ? <p class="small soft">{t(W.more, { n: hits.length - SHOWN })}</p> : null}
    </>
  );
}
