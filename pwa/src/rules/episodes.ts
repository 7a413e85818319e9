/** Pregnancies as her records tell them: a start, an end, events; the twin of server/rules/episodes.py. */
import { anyMatch, rowOf, type Row } from './anchors';
import * as dates from './dates';
import { byCodeUnit, own } from './own';
import type { EpisodeRule, Form, Plain } from './shapes';

export interface Episode {
  readonly begun: string;
  /** the newest beginning that she named, a day or vague */
  said: unknown;
  due: readonly [first: string, last: string] | null;
  ended: string | null;
  readonly events: string[];
}

/** The episodes of one person by the rule of a form, the oldest first; of a form without a rule none. */
export function episodes({ episode: rule }: Form, records: Iterable<Plain>, today: string): Episode[] {
  const now = dates.number(today);
  if (now === null) throw new RangeError(`today is not a day: ${today}`);
  if (!rule) return [];
  const rows = [...records].map(rowOf).filter((row): row is Row => row !== null && row.day <= now);
  const found: Episode[] = [];
  for (const row of rows.sort((a, b) => a.day - b.day || byCodeUnit(a.key, b.key))) tell(rule, found, row);
  return found;
}

function tell(rule: EpisodeRule, found: Episode[], row: Row): void {
  const begins = anyMatch(rule.begins, row);
  const before = found[found.length - 1];
  if (begins && before?.ended !== null) found.push({ begun: String(own(row.record, 'occurred_on')), said: null, due: null, ended: null, events: [] });
  else if (!before || !(begins || anyMatch(rule.ends, row))) return;
  const last = found[found.length - 1];
  if (!last) return;
  last.events.push(row.key);
  if (begins) name(rule, last, row);
  else last.ended ??= endOf(rule, row);
}

/** A beginning that a visit names wins over an earlier one; of a year alone no due day follows. */
function name(rule: EpisodeRule, episode: Episode, row: Row): void {
  const said = own(row.answers, rule.since);
  const span = dates.span(said);
  if (span === null) return;
  const [first, last] = [dates.text(span[0] + rule.days), dates.text(span[1] + rule.days)];
  episode.said = said;
  episode.due = span[1] - span[0] < 31 && first && last ? [first, last] : null;
}

/** The day that the record names, else the day it was written. */
function endOf(rule: EpisodeRule, row: Row): string {
  for (const key of rule.ended) {
    const span = dates.span(own(row.answers, key));
    const day = span && dates.text(span[0]);
    if (day) return day;
  }
  return String(own(row.record, 'occurred_on'));
}
