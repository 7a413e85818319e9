/** A hand-out from the worker's bag: what she carries, what a tap on an item brings with it, and what becomes a referral. Pure. */
import { both, type Named, type T } from '../../i18n/words';
import type { Answers, Bag, BagLine, Rec, Value } from '../../store/api';
import { answered } from '../../ui/answers';
import type { Booked } from '../../ui/bag';
import { formOf } from '../../ui/labels';
import { calls, referred, type VisitDraft, type Who } from './plan';
import { lastLot } from './suggest';

export const SUPPLY = 'contraceptive_supply';
/** Always offered, whatever the desk has written down. */
export const ALWAYS = 'condom';
/** The referral's own limit; the words of two rules can be longer. */
const LONGEST = 200;

export interface Lot extends Pick<BagLine, 'item' | 'lot' | 'expiry'> {
  /** by the book, else as handed to her less what she gave since; may be off, and decides nothing */
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

function listed({ lines, at }: Bag, all: readonly Rec[], author: string, item: string): Lot[] {
  const mine = supplies(all, item).filter((r) => r.author === author && (r.at ?? 0) >= at);
  return lines.filter((line) => line.item === item).map(({ lot, expiry, qty }) => {
    const given = mine.filter((r) => r.answers.lot === lot).reduce((sum, r) => sum + Number(r.answers.qty), 0);
    return { item, lot, expiry, left: Math.max(0, qty - given) };
  });
}

const booked = ({ lots }: Booked, item: string): Lot[] =>
  lots.filter(({ at }) => at.item === item && at.lot !== '').map(({ at: { lot, expiry }, usable }) => ({ item, lot, expiry, left: usable }));

/** Empty lots go while another one is there. */
const there = (lots: readonly Lot[]): readonly Lot[] => (lots.some(({ left }) => left > 0) ? lots.filter(({ left }) => left > 0) : lots);

/**
 * What she carries, by item: by the book where it knows of the item, else as the desk last listed it. An expired lot is not
 * offered (`since`: the day it has to outlast). Condoms stand first, written down or not.
 */
export function carried(bag: Bag, book: Booked, all: readonly Rec[], author: string, since: string): Carried[] {
  const known = formOf(SUPPLY)?.fields.find(({ key }) => key === 'item')?.options ?? [];
  const items = [...new Set([ALWAYS, ...[...bag.lines, ...book.lots.filter(({ usable }) => usable !== 0).map(({ at }) => at)].map(({ item }) => item)])];
  return items.filter((item) => known.some(({ code }) => code === item)).map((item) => {
    const found = book.items.has(item) ? booked(book, item) : listed(bag, all, author, item);
    const good = found.filter(({ expiry }) => expiry === '' || expiry > since).sort((a, b) => (a.expiry || '9') < (b.expiry || '9') ? -1 : 1);
    return { item, lots: there(good), left: good.reduce((sum, lot) => sum + lot.left, 0) };
  });
}

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
