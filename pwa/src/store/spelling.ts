/**
 * How names sound, learned from the register: each known name comes with its pinyin, so each of its characters teaches
 * one reading. A newcomer's name is then spelt without a dictionary on the phone.
 */
import type { Bundle, Person } from './api';

const SYLLABLE = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|iao|ian|ang|eng|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)$/;

export interface Speller {
  learn(bundle: Bundle): void;
  /** "zhouguilan"; undefined while one of its characters was never met */
  spell(name: string): string | undefined;
}

export function createSpeller(): Speller {
  const seen = new WeakSet<Bundle>();
  const heard = new Map<string, Map<string, number>>();
  return {
    learn(bundle) {
      if (seen.has(bundle)) return;
      seen.add(bundle);
      for (const person of bundle.persons) for (const [sign, sound] of readings(person)) count(heard, sign, sound);
    },
    spell(name) {
      const sounds = Array.from(name.replace(/\s+/g, '')).map((sign) => usual(heard.get(sign)));
      return sounds.includes(undefined) || sounds.length === 0 ? undefined : sounds.join('');
    },
  };
}

/** The pinyin of one whom the server has spelt, without blanks. */
export const spelt = (person: Person): string => (person.nameKey ?? '').split('|')[0]?.replace(/ /g, '') ?? '';

/** Which character of a name reads how, where its letters can be shared out in one way only. */
export function readings({ name, nameKey = '' }: Pick<Person, 'name' | 'nameKey'>): [string, string][] {
  const [words = '', initials = ''] = nameKey.split('|');
  const signs = Array.from(name);
  if (signs.length !== initials.length) return [];
  const shares = shared(words, initials);
  const only = shares.length === 1 ? shares[0] : undefined;
  return only ? signs.map((sign, i) => [sign, only[i] ?? '']) : [];
}

/** All ways to cut "zhou guilan" into syllables that begin with z, g, l. */
function shared(words: string, initials: string): string[][] {
  if (initials === '') return words.trim() === '' ? [[]] : [];
  const from = words.trimStart();
  if (from[0] !== initials[0]) return [];
  const ways: string[][] = [];
  for (let to = 1; to <= Math.min(6, from.length) && from[to - 1] !== ' '; to++) {
    if (!SYLLABLE.test(from.slice(0, to))) continue;
    for (const rest of shared(from.slice(to), initials.slice(1))) ways.push([from.slice(0, to), ...rest]);
  }
  return ways;
}

function count(heard: Map<string, Map<string, number>>, sign: string, sound: string): void {
  const sounds = heard.get(sign) ?? new Map<string, number>();
  heard.set(sign, sounds.set(sound, (sounds.get(sound) ?? 0) + 1));
}

function usual(sounds: ReadonlyMap<string, number> | undefined): string | undefined {
  let best: string | undefined;
  for (const [sound, n] of sounds ?? []) if (best === undefined || n > (sounds?.get(best) ?? 0)) best = sound;
  return best;
}
