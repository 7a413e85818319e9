/** A hand-out from the worker's bag: what she carries, what a tap on an item brings with it, and what becomes a referral. Pure. */
import { both, type Named, type T } from '../../i18n/words';
import type { Answers, Bag, BagLine, Rec, Value } from '../../store/api';
import { answered } from '../../ui/answers';
import { calls, referred, type VisitDraft, type Who } from './plan';
import { lastLot } from './suggest';

export const SUPPLY = 'contraceptive_supply';
/** Always offered, whatever the desk has written down. */
export const ALWAYS = 'condom';
/** The referral's own limit; the words of two rules can be longer. */
const LONGEST = 200;

export interface Lot extends BagLine {
  /** as handed to her less what she gave since; may be off, and decides nothing */
  readonly left: number;
}
export interface Carried {
  readonly item: string;
  /** the one that expires first on top */
  readonly lots: readonly Lot[];
  readonly left: number;
}

const supplies = (all: Iterable<Rec>, item: string): Rec[] =>
  [...all].filter((r) => r.form === SUPPLY && r.status === 'live' && r.answers.item === item && typeof r.answers.qty === 'number');

function lotOf(line: BagLine, since: number, mine: readonly Rec[]): Lot {
  const given = mine.filter((r) => (r.at ?? 0) >= since && r.answers.lot === line.lot).reduce((sum, r) => sum + Number(r.answers.qty), 0);
  return { ...line, left: Math.max(0, line.qty - given) };
}

/** What the desk says she carries, by item; an expired lot is not offered. Condoms stand first, written down or not. */
export function carried({ lines, at }: Bag, all: readonly Rec[], author: string, today: string): Carried[] {
  const items = [...new Set([ALWAYS, ...lines.map((line) => line.item)])];
  return items.map((item) => {
    const mine = supplies(all, item).filter((r) => r.author === author);
    const good = lines.filter((line) => line.item === item && line.expiry > today);
    const lots = good.map((line) => lotOf(line, at, mine)).sort((a, b) => (a.expiry < b.expiry ? -1 : a.expiry > b.expiry ? 1 : 0));
    return { item, lots, left: lots.reduce((sum, lot) => sum + lot.left, 0) };
  });
}

/** The lot to give first: of those with something left the one that expires first, else what she last gave of this item. */
export function firstLot(lots: readonly Lot[], all: readonly Rec[], author: string, item: string, today: string): Answers {
  const first = lots.find((lot) => lot.left > 0) ?? lots[0];
  return first ? { lot: first.lot, expiry: first.expiry } : lastLot(all, author, item, today);
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
