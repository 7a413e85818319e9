/** A hand-out from the worker's bag: what she carries, what a tap on an item brings with it, and what becomes a referral. Pure. */
import { both, type Named, type T } from '../../i18n/words';
import type { Answers, Rec, Value } from '../../store/api';
import { answered } from '../../ui/answers';
import type { Lot } from '../../ui/carried';
import { calls, referred, type VisitDraft, type Who } from './plan';
import { lastLot } from './suggest';

export const SUPPLY = 'contraceptive_supply';
/** Always offered, whatever the desk has written down. */
export const ALWAYS = 'condom';
/** The referral's own limit; the words of two rules can be longer. */
const LONGEST = 200;

const supplies = (all: Iterable<Rec>, item: string): Rec[] =>
  [...all].filter((r) => r.form === SUPPLY && r.status === 'live' && r.answers.item === item && typeof r.answers.qty === 'number');

/** The lot to give first: of those with something left the one that expires first, else what she last gave of this item. */
export function firstLot(lots: readonly Lot[], all: readonly Rec[], author: string, item: string, today: string): Answers {
  const first = lots.find((lot) => lot.left > 0) ?? lots[0];
  return first ? { lot: first.lot, ...(first.expiry ? { expiry: first.expiry } : {}) } : lastLot(all, author, item, today);
}

/** As many as she got last time: she only confirms it. */
export function lastCount(records: readonly Rec[], item: string): Answers {
  const [newest] = supplies(records, item);
  return newest ? { qty: newest.answers.qty ?? null } : {};
}

/** A tap on an item, with what it brings. Only condoms leave the questions before a pill standing. */
export function picked(draft: VisitDraft, who: Who, item: string, more: Answers, t: T): VisitDraft {
  const wished: VisitDraft = { ...draft, supply: { item }, screen: item === ALWAYS ? draft.screen ?? null : null };
  const sent = elsewhere(wished, who, t);
  return sent === wished ? { ...wished, supply: { item, ...more } } : sent;
}

/** What is not for her to hand out becomes a referral at once; condoms can be given all the same. */
export function elsewhere(draft: VisitDraft, who: Who, t: T): VisitDraft {
  const called = calls(draft, who).filter((rule) => rule.field === 'item');
  return called.length === 0 ? draft : referred(draft, called, reasonOf(called, t));
}

export const reasonOf = (called: readonly Named[], t: T): string => [...new Set(called.map((rule) => t(both(rule))))].join(' ').slice(0, LONGEST);

/** What is asked before the count. A first pill is not a director's to give; if it is none after all, she gives it. */
export function told(draft: VisitDraft, who: Who, key: string, value: Value | undefined, t: T): VisitDraft {
  const before = draft.supply.no_supply === 'referred' ? { ...draft, refer: false, supply: answered(draft.supply, 'no_supply', undefined) } : draft;
  return elsewhere({ ...before, supply: answered(before.supply, key, value) }, who, t);
}

/** She would rather not see the technician. */
export function unreferred(draft: VisitDraft): VisitDraft {
  const supply = draft.supply.no_supply === 'referred' ? {} : draft.supply;
  return { ...draft, refer: false, supply, referral: { step: 'sent' } };
}
