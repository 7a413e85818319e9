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

/** Where each initial stands in "zhou guilan": the key writes the given name together, so the next fitting letter is taken. */
function places(full: string, letters: string): number[] {
  const found: number[] = [];
  for (const letter of letters) {
    const wordStart = found.length === 1 ? full.indexOf(' ') + 1 : -1;
    const from = found.length === 0 ? 0 : Math.max((found[found.length - 1] ?? 0) + 1, wordStart);
    const at = full.indexOf(letter, from);
    if (at < 0) break;
    found.push(at);
  }
  return found;
}

/** Zhou Guilan with its initials marked. */
function initials(full: string, letters: string): Piece[] {
  const marks = places(full, letters);
  const shown = Array.from(full, (letter, i) => (i === 0 || full[i - 1] === ' ' ? letter.toUpperCase() : letter));
  const pieces: Piece[] = [];
  for (const [i, text] of shown.entries()) {
    const hit = marks.includes(i);
    const last = pieces[pieces.length - 1];
    if (last && last.hit === hit) pieces[pieces.length - 1] = { text: last.text + text, hit };
    else pieces.push({ text, hit });
  }
  return pieces;
}

/** The name and, for a match by sound, its pinyin, each cut into matched and other pieces. */
export function underlined(person: Person, hit: Hit): { name: Piece[]; pinyin: Piece[] } {
  const plain = [{ text: person.name, hit: false }];
  const [full = '', letters = ''] = (person.nameKey ?? '').split('|');
  if (hit.by === 'name') return { name: cut(person.name, hit.from ?? 0, hit.to ?? 0), pinyin: [] };
  if (hit.by === 'initials' && full) return { name: plain, pinyin: initials(full, letters) };
  if (hit.by === 'pinyin' && full) return { name: plain, pinyin: cut(full, hit.from ?? 0, hit.to ?? 0) };
  return { name: plain, pinyin: [] };
}
