/** Finding people in the working set: name, pinyin, initials, door, telephone, last four of the ID number. */
import type { Bundle, Hit, Person } from './api';

const MOST = 50;
type Match = Omit<Hit, 'household' | 'person'>;

/** At most 50, best kind of match first, otherwise in the order of the bundles. */
export function search(bundles: Iterable<Bundle>, text: string): Hit[] {
  const wanted = text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  if (!wanted) return [];
  const found: { rank: number; hit: Hit }[] = [];
  for (const bundle of bundles) for (const one of hitsIn(bundle, wanted)) found.push(one);
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ hit }) => hit);
}

function hitsIn({ household, persons }: Bundle, wanted: string): { rank: number; hit: Hit }[] {
  const hits: { rank: number; hit: Hit }[] = [];
  for (const person of persons) {
    const match = matchPerson(person, wanted);
    if (match) hits.push({ rank: RANK.indexOf(match.by), hit: { household: household.id, person: person.id, ...match } });
  }
  const door = `${household.group ?? ''}组${household.number ?? ''}号`;
  if (!hits.length && (household.number === wanted || (wanted.includes('组') && door.startsWith(wanted.replace(/^第/, ''))))) {
    hits.push({ rank: RANK.indexOf('door'), hit: { household: household.id, by: 'door' } });
  }
  return hits;
}

const RANK: Hit['by'][] = ['name', 'initials', 'pinyin', 'door', 'idLast4', 'phone'];

function matchPerson(person: Person, wanted: string): Match | undefined {
  const at = person.name.toLowerCase().indexOf(wanted);
  if (at >= 0) return { by: 'name', from: at, to: at + wanted.length };
  if (/^\d{2,}x?$/.test(wanted)) return matchNumber(person, wanted);
  return person.nameKey ? matchPinyin(person.nameKey, wanted) : undefined;
}

function matchNumber(person: Person, digits: string): Match | undefined {
  if (digits.length === 4 && person.idLast4?.toLowerCase() === digits) return { by: 'idLast4' };
  if (digits.length >= 4 && person.phone?.replace(/\D/g, '').includes(digits)) return { by: 'phone' };
  return undefined;
}

/** `key` is "zhou guilan|zgl". Places count in the key's first part. */
function matchPinyin(key: string, wanted: string): Match | undefined {
  const [spelt = '', initials = ''] = key.split('|');
  if (initials.startsWith(wanted)) return { by: 'initials', from: 0, to: wanted.length };
  const at = spelt.replace(/ /g, '').indexOf(wanted);
  const starts = at === 0 || spelt.indexOf(` ${wanted.slice(0, 2)}`) >= 0;
  return at >= 0 && starts ? { by: 'pinyin', from: at, to: at + wanted.length } : undefined;
}
