/** A record as the rules of both ends read it. */
import type { Rec } from '../store/api';

export function plain(r: Rec) {
  return {
    id: r.id, form: r.form, occurred_on: r.occurredOn, answers: r.answers, role: r.role, author: r.author, status: r.status,
    ...(r.person ? { person: r.person } : {}), ...(r.household ? { household: r.household } : {}),
    ...(r.seenAs ? { seen_as: r.seenAs } : {}), ...(r.next ? { next: r.next } : {}), ...(r.purpose ? { purpose: r.purpose } : {}), ...(r.days ? { days: r.days } : {}),
  };
}
