/**
 * A campaign day (普查日): who of a village agreed to be screened, who was seen today and who is still to come.
 * Nobody who said no stands here, and nobody is counted as missing. Pure.
 */
import type { Form } from '../../generated/rulebook';
import { standing } from '../../rules/consent';
import type { Bundle, Person, Rec } from '../../store/api';
import { byDoor } from '../../ui/household';
import { plain } from '../../ui/plain';

export const PURPOSE = 'screening';

export interface Guest {
  readonly person: Person;
  readonly bundle: Bundle;
  /** this day's records of the form, by whoever wrote them; more than one: somebody was faster, both are kept */
  readonly seen: readonly Rec[];
  /** the newest one before, if any */
  readonly before: Rec | null;
}

/** The forms of a campaign day: those that her consent to screening opens. */
export const campaigns = (forms: readonly Form[], role: string): Form[] =>
  forms.filter((form) => form.consent === PURPOSE && form.subject === 'person' && form.writers.includes(role));

/** First records only: a later step that points at one is no second visit. */
const firstsOf = (records: readonly Rec[], form: string): Rec[] =>
  records.filter((rec) => rec.form === form && rec.status === 'live' && !rec.seenAs && rec.answers.of === undefined);

function guestOf(person: Person, bundle: Bundle, form: string, day: string): Guest | null {
  const records = bundle.records.filter((rec) => rec.person === person.id);
  const mine = firstsOf(records, form);
  const seen = mine.filter((rec) => rec.occurredOn === day);
  if (seen.length === 0 && standing(records.map(plain), day)[PURPOSE] !== 'given') return null;
  return { person, bundle, seen, before: mine.find((rec) => rec.occurredOn < day) ?? null };
}

/** Everybody of a village who agreed, in walking order. */
export function guests(bundles: Iterable<Bundle>, area: string, form: string, day: string): Guest[] {
  const here = [...bundles].filter((bundle) => bundle.household.area === area).sort((a, b) => byDoor(a.household, b.household));
  return here.flatMap((bundle) => bundle.persons.flatMap((person) => guestOf(person, bundle, form, day) ?? []));
}

export interface Day {
  readonly waiting: readonly Guest[];
  readonly seen: readonly Guest[];
  /** written down more than once today, to be looked at before sending */
  readonly twice: readonly Guest[];
  /** of those seen: she came and said no thank you */
  readonly declined: number;
}

/** Those not seen before come first: whoever was here at an earlier round may come, too. */
export function dayOf(all: readonly Guest[]): Day {
  const waiting = all.filter((guest) => guest.seen.length === 0);
  const seen = all.filter((guest) => guest.seen.length > 0);
  return {
    waiting: [...waiting.filter((guest) => guest.before === null), ...waiting.filter((guest) => guest.before !== null)],
    seen, twice: seen.filter((guest) => guest.seen.length > 1),
    declined: seen.filter((guest) => guest.seen.some((rec) => rec.answers.declined === true)).length,
  };
}
