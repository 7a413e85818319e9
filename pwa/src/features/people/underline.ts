/** Which letters of a name a search matched. Pure. */
import type { Hit, Person } from '../../store/api';

export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

const cut = (text: string, from: number, to: number): Piece[] =>
  [
    { text: text.slice(0, from), hit: false },
    { text: text.slice(from, to), hit: true },
    { text: text.slice(to), hit: false },
  ].filter((piece) => piece.text !== '');

const capital = (syllable: string): string => syllable.slice(0, 1).toUpperCase() + syllable.slice(1);

/** Zhou Guilan with its initials marked; "gui lan" may be written apart or together in the key. */
function initials(full: string): Piece[] {
  return full.split(' ').flatMap((syllable, i) => [
    ...(i > 0 ? [{ text: ' ', hit: false }] : []),
    { text: capital(syllable).slice(0, 1), hit: true },
    { text: syllable.slice(1), hit: false },
  ]);
}

/** The name and, for a match by sound, its pinyin, each cut into matched and other pieces. */
export function underlined(person: Person, hit: Hit): { name: Piece[]; pinyin: Piece[] } {
  const plain = [{ text: person.name, hit: false }];
  const full = person.nameKey?.split('|')[0] ?? '';
  if (hit.by === 'name') return { name: cut(person.name, hit.from ?? 0, hit.to ?? 0), pinyin: [] };
  if (hit.by === 'initials' && full) return { name: plain, pinyin: initials(full) };
  if (hit.by === 'pinyin' && full) return { name: plain, pinyin: cut(full, hit.from ?? 0, hit.to ?? 0) };
  return { name: plain, pinyin: [] };
}
