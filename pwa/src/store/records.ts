/** Service records as she sees them: facts with their corrections folded in. Pure. */
import type { Answers, Rec, Where } from './api';
import type { Stored } from './mirror';

/** A stored or local event with where it is. */
export interface Placed {
  e: Stored;
  where: Where;
  /** absent: it is this phone's own */
  feed?: string;
  at?: number;
  flags?: string[];
}

/**
 * Records of these events, newest day first. The last correction in the server's order wins; ours come after it.
 * A record and its corrections are taken from one feed, the first that tells it: in another one they may stand without
 * those that a snapshot put into the answers, and an older one would come last.
 */
export function foldRecords(events: readonly Placed[]): Rec[] {
  const recs = new Map<string, Rec>();
  const tellers = new Map<string, string | undefined>();
  const seen = new Set<string>();
  for (const placed of events) {
    if (placed.e.kind !== 'record' || recs.has(placed.e.id)) continue;
    recs.set(placed.e.id, whole(placed));
    tellers.set(placed.e.id, placed.feed);
  }
  for (const placed of events) if (placed.e.kind === 'note') addNote(recs, placed.e);
  for (const placed of events) {
    if (seen.has(placed.e.id) || !speaks(tellers.get(placed.e.body?.of ?? ''), placed.feed)) continue;
    seen.add(placed.e.id);
    const rec = recs.get(placed.e.body?.of ?? '');
    if (rec && placed.e.kind === 'amend') amend(rec, placed);
    if (rec && placed.e.kind === 'void') strike(rec, placed);
  }
  return [...recs.values()].sort(newestFirst);
}

const speaks = (teller: string | undefined, feed: string | undefined) => teller === undefined || feed === undefined || feed === teller;
const newestFirst = (a: Rec, b: Rec) => (a.occurredOn === b.occurredOn ? order(b.id, a.id) : order(b.occurredOn, a.occurredOn));
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function whole({ e, where, at, flags }: Placed): Rec {
  const [form = '', version = '1', days] = (e.schema ?? '').split('/');
  const rec: Rec = {
    ...common(e),
    form,
    version: Number(version),
    occurredOn: e.body?.occurred_on ?? '',
    answers: e.body?.answers ?? {},
    where,
  };
  if (days) rec.days = Number(days);
  if (at !== undefined) rec.receivedAt = at;
  if (flags?.length) rec.flags = flags;
  return rec;
}

function common(e: Stored): Rec {
  const rec: Rec = { id: e.id, form: '', version: 0, occurredOn: '', answers: {}, role: e.role ?? '', author: e.actor ?? '', status: 'live', where: 'town' };
  if (e.person) rec.person = e.person;
  if (e.household) rec.household = e.household;
  if (e.area) rec.area = e.area;
  if (e.t !== undefined) rec.at = e.t;
  return rec;
}

/** Someone who may read the whole record never sees its note. */
function addNote(recs: Map<string, Rec>, e: Stored): void {
  const of = e.body?.of ?? e.id;
  if (recs.has(of) && !recs.get(of)?.seenAs) return;
  const rec: Rec = { ...common(e), id: of, seenAs: 'note', occurredOn: e.body?.occurred_on ?? '' };
  if (e.body?.purpose) rec.purpose = e.body.purpose;
  if (e.body?.next) rec.next = e.body.next;
  recs.set(of, rec);
}

function amend(rec: Rec, { e, where }: Placed): void {
  const answers = e.body?.answers ?? {};
  const merged: Answers = { ...rec.answers };
  for (const [field, value] of Object.entries(answers)) {
    if (value === null) delete merged[field];
    else merged[field] = value;
  }
  const was = Object.fromEntries(Object.keys(answers).map((field) => [field, rec.answers[field] ?? null]));
  rec.answers = merged;
  rec.amends = [...(rec.amends ?? []), { ...corrected(e), answers, was, where }];
  rec.where = leastArrived(rec.where, where);
}

const corrected = (e: Stored) => ({ id: e.id, author: e.actor ?? '', role: e.role ?? '', reason: e.body?.reason ?? '', ...(e.t === undefined ? {} : { at: e.t }) });

function strike(rec: Rec, { e, where }: Placed): void {
  rec.status = 'void';
  rec.voided = { ...corrected(e), where };
  rec.where = leastArrived(rec.where, where);
}

const RANK: Where[] = ['town', 'draft', 'here', 'ask'];
const leastArrived = (a: Where, b: Where): Where => (RANK.indexOf(a) >= RANK.indexOf(b) ? a : b);
