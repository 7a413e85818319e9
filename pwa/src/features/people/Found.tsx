/** Who was found, by a search or by a filter, with the reason underlined. */
import { useMemo } from 'preact/hooks';
import type { DueItem, Hit, Person } from '../../store/api';
import { search } from '../../store/search';
import { useApp, useOpen, useT } from '../../ui/app';
import { useDue } from '../../ui/due';
import { sayDoor, sayHome, sayPerson } from '../../ui/household';
import { Link } from '../../ui/link';
import { LongList } from '../../ui/long';
import { Icon, Plate } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { sayVillage, useVillages, type Village } from '../../ui/villages';
import { sayWhat } from '../../ui/why';
import { chosen, whoIsDue, type Filters, type Shown } from './filters';
import { underlined, type Piece } from './underline';
import { W } from './words';

function Name({ person, hit }: { person: Person; hit: Hit | undefined }) {
  if (!hit) return <b>{person.name}</b>;
  const { name, pinyin } = underlined(person, hit);
  const piece = (p: Piece, i: number) => (p.hit ? <b key={i}>{p.text}</b> : p.text);
  return <><b class="py">{name.map((p, i) => (p.hit ? <u key={i}>{p.text}</u> : p.text))}</b>{pinyin.length > 0 ? <> <small class="soft py">{pinyin.map(piece)}</small></> : null}</>;
}

interface OneProps {
  one: Shown;
  villages: readonly Village[];
  due: DueItem | undefined;
}

function One({ one: { bundle, person, hit }, villages, due }: OneProps) {
  const t = useT();
  const { today } = useApp();
  const village = sayVillage(villages, bundle.household.area);
  const door = bundle.household.none ? null : <Plate>{sayDoor(t, bundle.household)}</Plate>;
  if (!person) return <Link class="row" to={`/household/${bundle.household.id}`}><span class="grow"><b>{sayHome(t, bundle)}</b>{village ? <p>{village}</p> : null}</span>{door}</Link>;
  const about = [sayPerson(t, person, today.value), village].filter(Boolean).join('　');
  return (
    <Link class="row" to={`/person/${person.id}`}>
      <span class="grow"><Name person={person} hit={hit} /><p>{about}{due ? <>　<b class={due.state === 'overdue' ? 'late' : ''}>{sayWhat(t, due)}</b></> : null}</p></span>{door}
    </Link>
  );
}

/** With what she typed, so that she need not type it twice. */
function AddOne({ text }: { text: string }) {
  const t = useT();
  return <Link class="row act" to={`/people/new${text ? `?name=${encodeURIComponent(text)}` : ''}`}><Icon name="plus" /><b>{t(text ? W.noneOfThese : W.addPerson)}</b></Link>;
}

export function Found({ text, filters }: { text: string; filters: Filters }) {
  const t = useT();
  const { store } = useOpen();
  const bundles = store.bundles.value;
  const villages = useVillages();
  const due = useDue();
  const whose = useMemo(() => whoIsDue(due), [due]);
  const wanted = text.trim();
  const shown = useMemo(() => chosen(bundles, wanted ? search(store, wanted) : null, filters, whose), [wanted, bundles, filters, whose]);
  if (shown.length === 0) {
    return (
      <>
        <Empty icon="search"><b role="status">{t(wanted ? W.nobody : W.nobodyFits, { text: wanted })}</b><p>{t(wanted ? W.nobodyHint : W.fitsHint)}</p></Empty>
        <div class="card"><AddOne text={wanted} /></div>
      </>
    );
  }
  // A new question begins a new list: what filled the screens below the last one is not drawn before it is wanted.
  return (
    <>
      <h2><span role="status">{t(W.found, { n: shown.length })}</span></h2>
      <LongList key={`${wanted} ${JSON.stringify(filters)}`} items={shown} keyOf={({ bundle, person }) => person?.id ?? bundle.household.id} last={<AddOne text={wanted} />}>
        {(one) => <One one={one} villages={villages} due={one.person && whose.persons.get(one.person.id)} />}
      </LongList>
    </>
  );
}
