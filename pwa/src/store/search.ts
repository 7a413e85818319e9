/** Finding people in the working set: name, pinyin, initials, door, telephone, last four of the ID number. */
import type { Bundle, Hit, Person } from './api';

const MOST = 50;
type Match = Omit<Hit, 'household' | 'person'>;
type Ranked = { rank: number; hit: Hit };

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

/** Answers at most 50 hits, best kind of match first, otherwise in the order of the bundles. */
export function createSearch(): (bundles: Iterable<Bundle>, text: string) => Hit[] {
  const cards = new WeakMap<Bundle, Card[]>();
  const cardsOf = (bundle: Bundle) => {
    const known = cards.get(bundle) ?? bundle.persons.map(cardOf);
    cards.set(bundle, known);
    return known;
  };
  return (bundles, text) => {
    const wanted = text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
    if (!wanted) return [];
    const found: Ranked[] = [];
    for (const bundle of bundles) hitsIn(found, bundle, cardsOf(bundle), wanted);
    found.sort((a, b) => a.rank - b.rank);
    return found.slice(0, MOST).map(({ hit }) => hit);
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

const RANK: Hit['by'][] = ['name', 'initials', 'pinyin', 'door', 'idLast4', 'phone'];

function hitsIn(found: Ranked[], { household }: Bundle, cards: readonly Card[], wanted: string): void {
  const before = found.length;
  for (const card of cards) {
    const match = matchOf(card, wanted);
    if (match) found.push({ rank: RANK.indexOf(match.by), hit: { household: household.id, person: card.person.id, ...match } });
  }
  if (found.length === before && isDoor(household, wanted)) {
    found.push({ rank: RANK.indexOf('door'), hit: { household: household.id, by: 'door' } });
  }
}

/** "12" or "3组12号", with or without 第 and 号. */
function isDoor({ group, number }: Bundle['household'], wanted: string): boolean {
  if (number === undefined) return false;
  return number === wanted || (wanted.includes('组') && `${group ?? ''}组${number}号`.startsWith(wanted.replace(/^第/, '')));
}

function matchOf(card: Card, wanted: string): Match | undefined {
  const at = card.name.indexOf(wanted);
  if (at >= 0) return { by: 'name', from: at, to: at + wanted.length };
  if (wanted >= '0' && wanted < ':') return matchNumber(card, wanted);
  if (card.initials && card.initials.startsWith(wanted)) return { by: 'initials', from: 0, to: wanted.length };
  const from = card.spelt.indexOf(wanted);
  return from >= 0 && card.starts.includes(from) ? { by: 'pinyin', from, to: from + wanted.length } : undefined;
}

function matchNumber({ person, phone }: Card, digits: string): Match | undefined {
  if (digits.length < 4) return undefined;
  if (digits.length === 4 && person.idLast4?.toLowerCase() === digits) return { by: 'idLast4' };
  return phone.includes(digits) ? { by: 'phone' } : undefined;
}
