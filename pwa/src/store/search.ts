/** Finding people in the working set: name, pinyin, initials, door, telephone, last four of the ID number, card. */
import type { Bundle, Hit, Household, Person, Store } from './api';
import { type Speller, createSpeller } from './spelling';

type Match = Omit<Hit, 'household' | 'person'>;

/** What is compared, made once a bundle. */
interface Card {
  home: Household;
  person: Person;
  name: string;
  /** pinyin without blanks, and where its words begin */
  spelt: string;
  starts: readonly number[];
  initials: string;
  phone: string;
}
const RANK: readonly Hit['by'][] = ['name', 'initials', 'pinyin', 'door', 'card', 'idLast4', 'phone'];

/** One text of many lines: the browser's own search goes through ten thousand names at each letter she types. */
interface Lines {
  text: string;
  /** where each line begins */
  begins: readonly number[];
}
/** Everyone, in the order of the bundles. */
interface Index {
  homes: readonly Household[];
  cards: readonly Card[];
  names: Lines;
  initials: Lines;
  spelt: Lines;
}

type Listed = Pick<Store, 'bundles'>;
/** `list` stands for these very bundles: while it is the same, nothing is made anew. */
type Find = (bundles: Iterable<Bundle>, text: string, list?: object) => Hit[];
interface Finder {
  speller: Speller;
  find: Find;
}
const finders = new WeakMap<Listed, Finder>();

/** Of one store, made when it is first searched: it comes with the pages that search. */
function finderOf(store: Listed): Finder {
  const speller = createSpeller();
  const finder = finders.get(store) ?? { speller, find: createSearch(speller) };
  finders.set(store, finder);
  return finder;
}

export const search = (store: Listed, text: string): Hit[] => finderOf(store).find(store.bundles.value.values(), text, store.bundles.value);

/** How a name is spelt, "zhouguilan", by what the register taught; undefined while one of its characters was never met. */
export function spell(store: Listed, name: string): string | undefined {
  const { speller } = finderOf(store);
  for (const bundle of store.bundles.value.values()) speller.learn(bundle);
  return speller.spell(name);
}

/** Answers all hits, best kind of match first, otherwise in the order of the bundles. */
export function createSearch(speller: Speller = createSpeller()): Find {
  const cards = new WeakMap<Bundle, Card[]>();
  const cardsOf = (bundle: Bundle) => {
    const known = cards.get(bundle);
    if (known) return known;
    speller.learn(bundle);
    const made = bundle.persons.map((person) => cardOf(bundle.household, person));
    cards.set(bundle, made);
    return made;
  };
  const last: { list?: object; index?: Index } = {};
  return (bundles, text, list = bundles) => {
    const wanted = text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
    if (!wanted) return [];
    const index = (last.list === list && last.index) || indexOf([...bundles], cardsOf);
    Object.assign(last, { list, index });
    return hitsIn(index, wanted, speller);
  };
}

function indexOf(bundles: readonly Bundle[], cardsOf: (bundle: Bundle) => Card[]): Index {
  const cards = bundles.flatMap(cardsOf);
  const lines = (part: 'name' | 'initials' | 'spelt') => linesOf(cards.map((card) => card[part]));
  return { homes: bundles.map(({ household }) => household), cards, names: lines('name'), initials: lines('initials'), spelt: lines('spelt') };
}

function linesOf(lines: readonly string[]): Lines {
  let at = 0;
  const begins = lines.map((line) => {
    const here = at;
    at += line.length + 1;
    return here;
  });
  return { text: lines.join('\n'), begins };
}

/** The first place in each line that holds `wanted`, in order. */
function eachLine({ text, begins }: Lines, wanted: string, met: (line: number, from: number) => void): void {
  const begin = (line: number) => begins[line] ?? text.length;
  let line = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, begin(line))) {
    while (begin(line + 1) <= at) line += 1;
    met(line, at - begin(line));
    line += 1;
  }
}

/** `nameKey` is "zhou guilan|zgl". */
function cardOf(home: Household, person: Person): Card {
  const [words = '', initials = ''] = (person.nameKey ?? '').split('|');
  const starts: number[] = [];
  let spelt = '';
  for (const word of words.split(' ')) {
    starts.push(spelt.length);
    spelt += word;
  }
  return { home, person, name: person.name.toLowerCase(), spelt, starts, initials, phone: person.phone?.replace(/\D/g, '') ?? '' };
}

function hitsIn(index: Index, wanted: string, speller: Speller): Hit[] {
  const { homes, cards } = index;
  const found = new Array<Match | undefined>(cards.length);
  const note = (at: number, match: Match | undefined): void => void (found[at] ??= match);
  eachLine(index.names, wanted, (at, from) => note(at, { by: 'name', from, to: from + wanted.length }));
  if (wanted >= '0' && wanted < ':') cards.forEach((card, at) => note(at, matchNumber(card, wanted)));
  else if (wanted <= '\x7f') bySound(index, wanted, speller, note);
  const hits: Hit[][] = RANK.map(() => []);
  const taken = new Set<Household>();
  cards.forEach(({ home, person }, at) => {
    const match = found[at];
    if (!match) return;
    taken.add(home);
    hits[RANK.indexOf(match.by)]?.push({ household: home.id, person: person.id, ...match });
  });
  for (const home of homes) if (isDoor(home, wanted) && !taken.has(home)) hits[RANK.indexOf('door')]?.push({ household: home.id, by: 'door' });
  return hits.flat();
}

/** By the initials of her name, or by its pinyin from the beginning of a word on. */
function bySound({ cards, initials, spelt }: Index, wanted: string, speller: Speller, note: (at: number, match: Match) => void): void {
  const to = wanted.length;
  eachLine(initials, wanted, (at, from) => { if (from === 0) note(at, { by: 'initials', from, to }); });
  eachLine(spelt, wanted, (at, from) => { if (cards[at]?.starts.includes(from)) note(at, { by: 'pinyin', from, to: from + to }); });
  cards.forEach(({ person, spelt: known }, at) => { if (!known && speller.spell(person.name)?.startsWith(wanted)) note(at, { by: 'pinyin', from: 0, to: 0 }); });
}

/** "12" or "3组12号", with or without 第 and 号. */
function isDoor({ group, number }: Bundle['household'], wanted: string): boolean {
  if (number === undefined) return false;
  return number === wanted || (wanted.includes('组') && `${group ?? ''}组${number}号`.startsWith(wanted.replace(/^第/, '')));
}

function matchNumber({ person, phone }: Card, digits: string): Match | undefined {
  if (digits.length < 4) return undefined;
  if (person.card?.toLowerCase().startsWith(digits)) return { by: 'card' };
  if (digits.length === 4 && person.idLast4?.toLowerCase() === digits) return { by: 'idLast4' };
  return phone.includes(digits) ? { by: 'phone' } : undefined;
}
