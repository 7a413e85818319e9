/** What a phone holds and shows, in a form that two phones can be compared by. */
import type { Bundle, Rec } from '../../src/store/api';
import type { Doc, Stored, Thing } from '../../src/store/mirror';
import { foldRecords } from '../../src/store/records';
import { revisions } from '../../src/store/rebase';
import type { Phone } from './phone';
import { docsOf, mirrorOf } from './disk';

type Plain = { [key: string]: unknown };

/** By feed: things with their revisions, live records with their corrections in, newest notes, who was merged. */
export function feedsOf({ factory, name }: Pick<Phone, 'factory' | 'name'>): Map<string, Plain> {
  const { feeds } = mirrorOf(factory, name);
  const found = [...docsOf(factory, name)].map(([f, docs]): [string, Plain] => {
    const { area = '', audience = '' } = feeds[f] ?? {};
    const merged = Object.assign({}, ...docs.map((doc) => doc.m ?? {})) as Plain;
    return [`${area}.${audience}`, { things: thingsOf(docs, merged), records: recordsOf(docs.flatMap((doc) => doc.e)), merged: sorted(merged) }];
  });
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Someone who was merged into another is shown nowhere, so it does not matter who still has her fields. */
function thingsOf(docs: readonly Doc[], merged: Plain): Plain {
  const things = docs.flatMap((doc) => [...(doc.h ? [doc.h] : []), ...Object.values(doc.p).filter((one) => !(one.id in merged))]);
  return sorted(Object.fromEntries(things.map((thing) => [thing.id, thingOf(thing)])));
}

const thingOf = (thing: Thing): Plain => ({ set: sorted(withoutNulls(thing.set)), rev: sorted(withoutNulls({ ...revisions(thing), name_key: null })) });
const withoutNulls = (value: Plain) => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null));
const sorted = (value: Plain): Plain => Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

function recordsOf(events: readonly Stored[]): Plain[] {
  const seen = foldRecords(events.map((e) => ({ e, where: 'town' as const })));
  return seen.filter((rec) => rec.status === 'live').map(recordOf).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
}

/** A snapshot tells neither who corrected a record nor when it was written. */
function recordOf({ id, form, version, occurredOn, answers, author, role, person, household, purpose, next, seenAs }: Rec): Plain {
  if (seenAs) return { id, occurredOn, purpose, next, person };
  return { id, form, version, occurredOn, answers: sorted(answers), author, role, person, household: person ? null : household };
}

/** What the pages show of what the town said, by household. */
export function shownOf(phone: Pick<Phone, 'store'>): Map<string, Plain> {
  const found = [...phone.store.bundles.value].map(([id, bundle]): [string, Plain] => [id, bundleOf(bundle)]);
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A snapshot names revisions in another way, and what waits is this phone's own. */
const told = (thing: object): Plain => sorted(Object.fromEntries(Object.entries(thing).filter(([key]) => key !== 'rev' && key !== 'waiting')));

function bundleOf({ household, persons, records }: Bundle): Plain {
  const people = persons.map(told).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  const live = records.filter((rec) => rec.status === 'live').map(recordOf).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  return { household: told(household), people, live };
}

/** The first place where two states differ, for a person to read. */
export function difference(one: ReadonlyMap<string, Plain>, other: ReadonlyMap<string, Plain>): string | undefined {
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    const [a, b] = [JSON.stringify(one.get(key) ?? null), JSON.stringify(other.get(key) ?? null)];
    if (a === b) continue;
    const at = [...a].findIndex((sign, i) => sign !== b[i]);
    return `${key}: …${a.slice(Math.max(0, at - 200), at + 160)}… against …${b.slice(Math.max(0, at - 200), at + 160)}…`;
  }
  return undefined;
}
