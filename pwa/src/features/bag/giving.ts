/** A hand-out without a person: what may be given without asking her anything, and from which lot. Pure. */
import type { Finding, Form, Option } from '../../generated/rulebook';
import { check, referrals, visible } from '../../rules/forms';
import type { Answers } from '../../store/api';
import type { Booked } from '../../ui/bag';
import type { Lot } from '../../ui/carried';

/** Questions that need her: what asks them, or leads to the technician, is given in a visit. */
const HERS = ['screen', 'first_use'];
const ROLE = 'director';

/** The items that a director gives to whoever asks. */
export const unasked = (form: Form): readonly Option[] =>
  (form.fields.find(({ key }) => key === 'item')?.options ?? []).filter(({ code }) => {
    const answers = { item: code };
    return referrals(form, answers, ROLE).length === 0 && !visible(form, answers, ROLE).some((key) => HERS.includes(key));
  });

/** Lots of an item with something left, what expires first on top; `since`: the day it has to outlast. */
export const lotsToGive = ({ lots }: Booked, item: string, since: string): Lot[] =>
  lots.filter(({ at, usable }) => at.item === item && usable > 0 && (at.expiry === '' || at.expiry > since))
    .sort((a, b) => ((a.at.expiry || '9') < (b.at.expiry || '9') ? -1 : 1))
    .map(({ at: { lot, expiry }, usable }) => ({ item, lot, expiry, left: usable }));

/** A tap on an item, with the lot to give first. */
export function begun(item: string, [first]: readonly Lot[]): Answers {
  return { item, ...(first?.lot ? { lot: first.lot } : {}), ...(first?.expiry ? { expiry: first.expiry } : {}) };
}

/** What the form says of it; an expired lot is refused, but not by a clock that is in doubt. */
export const given = (form: Form, answers: Answers, today: string, role: string, doubt: boolean): Finding[] =>
  check(form, answers, today, role).map((found) => (doubt && found.code === 'past' ? { ...found, level: 'warn' } : found));
