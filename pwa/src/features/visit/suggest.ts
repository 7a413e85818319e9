/** What the form may begin with, from what is already known: her method, the lot last handed out. Pure. */
import { currentMethod } from '../../rules/method';
import type { Answers, Rec } from '../../store/api';
import { plain } from '../../ui/plain';

/** Her method and since when, as last told; she only has to confirm it. */
export function knownMethod(records: readonly Rec[], today: string): Answers {
  const method = currentMethod(records.map(plain), today);
  if (typeof method !== 'string' || method === 'none') return {};
  const told = records.find((r) => r.form === 'contraceptive_followup' && r.status === 'live' && r.answers.method === method);
  const since = told?.answers.started_on;
  return since === undefined ? { method } : { method, started_on: since };
}

/** Lot and expiry of the newest hand-out of this item that this worker wrote, unless it has expired since. */
export function lastLot(all: Iterable<Rec>, author: string, item: string, today: string): Answers {
  const mine = [...all].filter((r) => r.form === 'contraceptive_supply' && r.author === author && r.status === 'live' && r.answers.item === item && r.answers.lot);
  const newest = mine.sort((a, b) => (a.id < b.id ? 1 : -1))[0];
  if (!newest) return {};
  const { lot, expiry } = newest.answers;
  if (typeof expiry === 'string' && expiry <= today) return {};
  return { ...(lot === undefined ? {} : { lot }), ...(expiry === undefined ? {} : { expiry }) };
}
