/** Which contraceptive method a woman uses now, from her follow-up records alone; the twin of server/rules/method.py. */
import { answersOf, isNote } from './conditions';
import * as dates from './dates';
import { own } from './own';
import type { Plain } from './shapes';

/** The code her newest live follow-up on or before today names; "none" if it says she stopped, null if unknown. */
export function currentMethod(records: Iterable<Plain>, today: string): string | null {
  const record = decidingRecord(records, today);
  if (record === null) return null;
  const answers = answersOf(record);
  return own(answers, 'still_using') === false ? 'none' : String(own(answers, 'method'));
}

/** The very record that decides her current method. */
export function decidingRecord<R extends Plain>(records: Iterable<R>, today: string): R | null {
  const now = dates.number(today);
  if (now === null) throw new RangeError(`today is not a day: ${today}`);
  let best: { day: number; key: string; record: R } | null = null;
  for (const record of records) {
    const day = dates.number(own(record, 'occurred_on'));
    const key = own(record, 'id');
    if (day === null || day > now || typeof key !== 'string' || !says(record)) continue;
    if (best === null || day > best.day || (day === best.day && key > best.key)) best = { day, key, record };
  }
  return best && best.record;
}

function says(record: Plain): boolean {
  const answers = answersOf(record);
  const known = own(record, 'form') === 'contraceptive_followup' && own(record, 'status') === 'live' && !isNote(record);
  return known && typeof own(answers, 'method') === 'string' && own(answers, 'declined') !== true;
}
