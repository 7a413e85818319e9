/** What a woman has agreed to, from her consent records alone; the twin of server/rules/consent.py. */
import { answersOf, isNote } from './conditions';
import * as dates from './dates';
import { byCodeUnit, own, table } from './own';
import type { Plain } from './shapes';

export type Standing = 'given' | 'declined' | 'withdrawn' | 'expired';
const DECISIONS: readonly unknown[] = ['given', 'declined', 'withdrawn'];

interface Said {
  readonly day: number;
  readonly key: string;
  readonly purpose: string;
  readonly answers: Plain;
}

/** Her newest word on each purpose she was asked about; `expires_on` is the last good day. See the twin for wrong clocks. */
export function standing(records: Iterable<Plain>, today: string): { [purpose: string]: Standing } {
  const now = dates.number(today);
  if (now === null) throw new RangeError(`today is not a day: ${today}`);
  const held: Said[] = [];
  for (const record of records) {
    const said = saidBy(record);
    if (said) held.push(said);
  }
  held.sort((a, b) => a.day - b.day || byCodeUnit(a.key, b.key));
  const ended = new Set(held.filter((said) => own(said.answers, 'decision') === 'withdrawn').map((said) => own(said.answers, 'of')));
  const found = table<Standing>();
  for (const said of held) {
    const word = wordOf(said, now, ended.has(said.key));
    if (word !== null) found[said.purpose] = word;
  }
  return found;
}

function saidBy(record: Plain): Said | null {
  if (own(record, 'form') !== 'consent' || own(record, 'status') !== 'live' || isNote(record)) return null;
  const answers = answersOf(record);
  const purpose = own(answers, 'purpose');
  const key = own(record, 'id');
  const day = dates.number(own(record, 'occurred_on'));
  if (typeof purpose !== 'string' || typeof key !== 'string' || day === null) return null;
  return DECISIONS.includes(own(answers, 'decision')) ? { day, key, purpose, answers } : null;
}

function wordOf({ day, answers }: Said, now: number, withdrawn: boolean): Standing | null {
  const decision = own(answers, 'decision');
  if (decision === 'declined') return 'declined';
  if (decision === 'withdrawn' || withdrawn) return 'withdrawn';
  if (day > now) return null;
  const last = dates.number(own(answers, 'expires_on'));
  return last !== null && last < now ? 'expired' : 'given';
}
