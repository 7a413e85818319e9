/** Finding people in the working set: name, pinyin, initials, door, telephone, last four of the ID number, card. */
import type { Bundle, Hit, Person, Store } from './api';
import { type Speller, createSpeller } from './spelling';

type Match = Omit<Hit, 'household' | 'person'>;

/** What is compared, made once a bundle: 10,000 names are searched at each letter she types. */
interface Card {
  person: Person;
  name: string;
  /** pinyin without blanks, and where its words begin */
  spelt: string;
  starts: readonly number[];
  initials: string;
  phone: string;
}
const RANK: readonly Hit['by'][] = ['name', 'initials', 'pinyin', 'door', 'card', 'idLast4', 'phone'];

type Listed = Pick<Store, 'bundles'>;
interface Finder {
  speller: Speller;
  find: (bundles: Iterable<Bundle>, text: string) => Hit[];
}
const finders = new WeakMap<Listed, Finder>();

/** Of one store, made when it is first searched: it comes with the pages that search. */
function finderOf(store: Listed): Finder {
  const speller = createSpeller();
  const finder = finders.get(store) ?? { speller, find: createSearch(speller) };
  finders.set(store, finder);
  return finder;
}

export const search = (store: Listed, text: string): Hit[] => finderOf(store).find(store.bundles.value.values(), text);

/** How a name is spelt, "zhouguilan", by what the register taught; undefined while one of its characters was never met. */
export function spell(store: Listed, name: string): string | undefined {
  const { speller } = finderOf(store);
  for (const bundle of store.bundles.value.values()) speller.learn(bundle);
  return speller.spell(name);
}

/** Answers all hits, best kind of match first, otherwise in the order of the bundles. */
export function createSearch(speller: Speller = createSpeller()): (bundles: Iterable<Bundle>, text: string) => Hit[] {
  const cards = new WeakMap<Bundle, Card[]>();
  const cardsOf = (bundle: Bundle) => {
    const known = cards.get(bundle);
    if (known) return known;
    speller.learn(bundle);
    const made = bundle.persons.map(cardOf);
    cards.set(bundle, made);
    return made;
  };
  return (bundles, text) => {
    const wanted = text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
    if (!wanted) return [];
    const found: Hit[][] = RANK.map(() => []);
    for (const bundle of bundles) hitsIn(found, bundle, cardsOf(bundle), wanted, speller);
    return found.flat();
  };
}

/** `nameKey` is "zhou guilan|zgl". */
function cardOf(person: Person): Card {
  const [words = '', initials = ''] = (person.nameKey ?? '').split('|');
  const starts: number[] = [];
  let spelt = '';
  for (const word of words.split(' ')) {
    starts.push(spelt.length);
    spelt += word;
  }
  return { person, name: person.name.toLowerCase(), spelt, starts, initials, phone: person.phone?.replace(/\D/g, '') ?? '' };
}

function hitsIn(found: Hit[][], { household }: Bundle, cards: readonly Card[], wanted: string, speller: Speller): void {
  let any = false;
  for (const card of cards) {
    const match = matchOf(card, wanted, speller);
    if (match) found[RANK.indexOf(match.by)]?.push({ household: household.id, person: card.person.id, ...match });
    any ||= match !== undefined;
  }
  if (!any && isDoor(household, wanted)) found[RANK.indexOf('door')]?.push({ household: household.id, by: 'door' });
}

/** "12" or "3组12号", with or without 第 and 号. */
function isDoor({ group, number }: Bundle['household'], wanted: string): boolean {
  if (number === undefined) return false;
  return number === wanted || (wanted.includes('组') && `${group ?? ''}组${number}号`.startsWith(wanted.replace(/^第/, '')));
}

function matchOf(card: Card, wanted: string, speller: Speller): Match | undefined {
  const at = card.name.indexOf(wanted);
  if (at >= 0) return { by: 'name', from: at, to: at + wanted.length };
  if (wanted >= '0' && wanted < ':') return matchNumber(card, wanted);
  if (wanted > '\x7f') return undefined;
  if (card.initials && card.initials.startsWith(wanted)) return { by: 'initials', from: 0, to: wanted.length };
  if (card.spelt === '') return speller.spell(card.person.name)?.startsWith(wanted) ? { by: 'pinyin', from: 0, to: 0 } : undefined;
  const from = card.spelt.indexOf(wanted);
  return from >= 0 && card.starts.includes(from) ? { by: 'pinyin', from, to: from + wanted.length } : undefined;
}

function matchNumber({ person, phone }: Card, digits: string): Match | undefined {
  if (digits.length < 4) return undefined;
  if (person.card?.toLowerCase().startsWith(digits)) return { by: 'card' };
  if (digits.length === 4 && person.idLast4?.toLowerCase() === digits) return { by: 'idLast4' };
  return phone.includes(digits) ? { by: 'phone' } : undefined;
}
