/** Who may be meant while a newcomer is typed in: the same woman is not to be registered twice. Pure. */
import type { Bundle, Person, VagueDate } from '../../store/api';
import { spelt } from '../../store/spelling';

export interface Newcomer {
  readonly name?: string | undefined;
  readonly birth?: VagueDate | undefined;
  readonly sex?: string | undefined;
  readonly phone?: string | undefined;
  /** the whole number or its last four places */
  readonly idNumber?: string | undefined;
  readonly household?: string | undefined;
}

export type Sign = 'name' | 'sound' | 'almost' | 'birth' | 'near' | 'phone' | 'phone4' | 'id' | 'home';

export interface Likely {
  readonly person: Person;
  readonly bundle: Bundle;
  readonly signs: readonly Sign[];
}

export interface Sounds {
  /** "zhouguilan" of a name, undefined where it is not known */
  spell(name: string): string | undefined;
}

const WEIGHT: Readonly<Record<Sign, number>> = { id: 5, name: 4, sound: 3, birth: 3, almost: 2, phone: 3, phone4: 1, near: 1, home: 1 };
/** One sign that says much, or two that say something. */
const ENOUGH = 4;
const MOST = 5;

/** The likeliest first, at most five; none before there is a name or a number to go by. */
export function likely(newcomer: Newcomer, bundles: Iterable<Bundle>, sounds: Sounds): Likely[] {
  const known = prepared(newcomer, sounds);
  const found: { likely: Likely; weight: number }[] = [];
  for (const bundle of bundles) {
    for (const person of bundle.persons) {
      const signs = signsOf(known, person, bundle);
      const weight = signs.reduce((sum, sign) => sum + WEIGHT[sign], 0);
      if (weight >= ENOUGH) found.push({ likely: { person, bundle, signs }, weight });
    }
  }
  return found.sort((a, b) => b.weight - a.weight).slice(0, MOST).map((one) => one.likely);
}

interface Known extends Newcomer {
  readonly sound: string | undefined;
  readonly digits: string;
  readonly last4: string;
}

const digitsOf = (text = ''): string => text.replace(/\D/g, '');

function prepared(newcomer: Newcomer, sounds: Sounds): Known {
  const name = newcomer.name?.replace(/\s+/g, '') ?? '';
  return { ...newcomer, name, sound: name.length > 1 ? sounds.spell(name) : undefined, digits: digitsOf(newcomer.phone), last4: (newcomer.idNumber ?? '').slice(-4).toUpperCase() };
}

function signsOf(known: Known, person: Person, bundle: Bundle): Sign[] {
  if (known.sex !== undefined && person.sex !== undefined && known.sex !== person.sex) return [];
  const signs: Sign[] = [];
  const name = nameSign(known, person);
  if (name) signs.push(name);
  if (known.last4.length === 4 && known.last4 === person.idLast4?.toUpperCase()) signs.push('id');
  const phone = known.digits.length < 4 ? undefined : phoneSign(known.digits, faceOf(person).digits);
  if (phone) signs.push(phone);
  const birth = birthSign(known.birth, person.birth);
  if (birth && signs.length > 0) signs.push(birth);
  if (signs.length > 0 && known.household !== undefined && known.household === bundle.household.id) signs.push('home');
  return signs;
}

function nameSign({ name = '', sound }: Known, person: Person): Sign | undefined {
  if (name.length < 2) return undefined;
  if (name === person.name) return 'name';
  if (sound !== undefined && sound === faceOf(person).spelt) return 'sound';
  return oneOff(name, person.name) ? 'almost' : undefined;
}

/** As long, and one character differs. */
function oneOff(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 3) return false;
  let differ = 0;
  for (let i = 0; i < a.length && differ < 2; i++) if (a[i] !== b[i]) differ++;
  return differ === 1;
}

interface Face {
  readonly spelt: string;
  readonly digits: string;
}

const faces = new WeakMap<Person, Face>();

/** What is compared of one who is known, made once: 10,000 are looked at for each letter. */
function faceOf(person: Person): Face {
  const known = faces.get(person);
  if (known) return known;
  const made = { spelt: spelt(person), digits: digitsOf(person.phone) };
  faces.set(person, made);
  return made;
}

function phoneSign(a: string, b: string): Sign | undefined {
  if (a.length >= 7 && a === b) return 'phone';
  return a.length >= 4 && b.length >= 4 && a.slice(-4) === b.slice(-4) ? 'phone4' : undefined;
}

const NEAR_YEARS = 1;

/** A vague day is near whatever it could be. */
function birthSign(a: VagueDate | undefined, b: VagueDate | undefined): Sign | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (typeof a === 'string' && a === b) return 'birth';
  return Math.abs(yearOf(a) - yearOf(b)) <= NEAR_YEARS ? 'near' : undefined;
}

const yearOf = (day: VagueDate): number => (typeof day === 'string' ? Number(day.slice(0, 4)) : day.year);
