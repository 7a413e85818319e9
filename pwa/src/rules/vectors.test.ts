/** The phone's rules sit the exam of tests/vectors; tests/rules/test_vectors.py is the server's. */
import { beforeAll, describe, expect, test } from 'vitest';
import ages from '../../../tests/vectors/ages.json?raw';
import cards from '../../../tests/vectors/cards.json?raw';
import canonicals from '../../../tests/vectors/canonical.json?raw';
import consents from '../../../tests/vectors/consent.json?raw';
import countyDays from '../../../tests/vectors/county_days.json?raw';
import days from '../../../tests/vectors/dates.json?raw';
import digests from '../../../tests/vectors/digests.json?raw';
import told from '../../../tests/vectors/episodes.json?raw';
import answerSets from '../../../tests/vectors/forms.json?raw';
import idNumbers from '../../../tests/vectors/id_numbers.json?raw';
import criteria from '../../../tests/vectors/us_mec.json?raw';
import programmes from '../../../tests/vectors/programmes.json?raw';
import programmesDue from '../../../tests/vectors/programmes_due.json?raw';
import sheets from '../../../tests/vectors/documents.json?raw';
import lots from '../../../tests/vectors/lots.json?raw';
import stores from '../../../tests/vectors/stock.json?raw';
import shown from '../../../tests/vectors/masks.json?raw';
import methods from '../../../tests/vectors/methods.json?raw';
import histories from '../../../tests/vectors/schedules.json?raw';
import { book, type Form, moreForms, type StockRules } from '../generated/rulebook';
import { type CardList, isNumber, judge } from './card';
import { standing } from './consent';
import * as dates from './dates';
import { canonical, digest, NotCanonical } from './digest';
import { numberOf, readDocument, typedNumber } from './document';
import { episodes } from './episodes';
import { check, referrals, visible } from './forms';
import * as idnumber from './idnumber';
import * as masks from './masks';
import { currentMethod } from './method';
import { overlaid, type Changes } from './otherdays';
import { dueItems } from './schedule';
import { judge as judgeLot, ledger, propose, takenAgain, type Lot } from './stock';
import type { Plain } from './shapes';

interface Case {
  readonly name: string;
  // A vector's members differ from file to file.
  readonly [member: string]: unknown;
}

/** One test a case, under the case's name. The files come as text: they hold half characters, which a bundler refuses. */
function sits(text: string, one: (given: Case) => void | Promise<void>): void {
  const { about, cases } = JSON.parse(text) as { readonly about: string; readonly cases: readonly Case[] };
  describe(about, () => {
    for (const given of cases) test(given.name, () => one(given));
  });
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const bytes = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** Versions that were released before the newest: the page carries only the newest. */
const RELEASED = import.meta.glob('../../../server/rulebook/released/*.json', { query: '?raw', import: 'default', eager: true });
const older = new Map(Object.values(RELEASED).map((text) => JSON.parse(text) as Form).map((form) => [`${form.id}/${form.version}`, form]));

beforeAll(moreForms);

/** A form in a version; in its first one when none is named. */
function formOf(id: string, version = 1): Form {
  const newest = book.forms[id];
  const found = newest?.version === version ? newest : older.get(`${id}/${version}`);
  if (!found) throw new Error(`no form ${id}/${version}`);
  return found;
}

for (const file of [answerSets, programmes]) sits(file, ({ form: id, version, answers, today, role, birth, findings, visible: asked, referrals: referred }) => {
  const form = formOf(id as string, version as number | undefined);
  expect(check(form, answers, today as string, role as string, birth).map((f) => [f.field, f.code, f.level, f.rule])).toEqual(findings);
  if (asked) expect(visible(form, answers, role as string)).toEqual(asked);
  if (referred) expect(referrals(form, answers, role as string).map((rule) => rule.id)).toEqual(referred);
});

const { clear } = JSON.parse(criteria) as { readonly clear: Plain };
sits(criteria, ({ answers, pill_today: given }) => {
  const found = check(formOf('pill_screen'), { ...clear, ...(answers as Plain) }, '2026-12-01', 'technician');
  expect(found.length === 0).toBe(given);
});

for (const file of [histories, programmesDue]) sits(file, ({ records, today, due }) => {
  const items = dueItems(book.schedules, records as Plain[], today as string).map((item) => ({ ...item, why: item.why.zh }));
  expect(items).toHaveLength((due as object[]).length);
  expect(items).toMatchObject(due as object[]);
});

sits(countyDays, ({ changes, records, today, due }) => {
  const items = dueItems(overlaid(book.schedules, changes as Changes), records as Plain[], today as string);
  expect(items.map((item) => [item.record, item.due, item.opens, item.closes, item.expires])).toEqual(due);
});

sits(consents, ({ records, today, standing: wanted }) => {
  expect({ ...standing(records as Plain[], today as string) }).toEqual(wanted);
});

sits(told, ({ records, today, episodes: wanted }) => expect(episodes(formOf('anc'), records as Plain[], today as string)).toEqual(wanted));

sits(methods, ({ records, today, method }) => {
  expect(currentMethod(records as Plain[], today as string)).toBe(method);
});

sits(days, ({ value, earliest, latest }) => {
  expect([dates.earliest(value), dates.latest(value)]).toEqual([earliest, latest]);
});

sits(ages, ({ birth, on, age }) => {
  expect(dates.age(birth, on as string)).toBe(age);
});

sits(canonicals, ({ value, canonical: text }) => {
  if (text === null) expect(() => canonical(value)).toThrow(NotCanonical);
  else expect(new TextDecoder().decode(canonical(value))).toBe(text);
});

sits(digests, async ({ salt, event, digest: wanted }) => {
  expect(hex(await digest(bytes(salt as string), event as object))).toBe(wanted);
});

sits(idNumbers, ({ value, fault, birth, sex }) => {
  const number = value as string;
  expect([idnumber.fault(number), idnumber.birth(number), idnumber.sex(number)]).toEqual([fault, birth, sex]);
});

sits(shown, ({ of, value, shown: text }) => {
  const masked = new Map([['name', masks.name], ['phone', masks.phone], ['id_number', masks.idNumber], ['id_last4', masks.idLast4]]);
  expect(masked.get(of as string)?.(value as string)).toBe(text);
});

const { list: cardList } = JSON.parse(cards) as { list: CardList };

sits(cards, async ({ text, today, verdict, card }) => {
  const found = await judge(text as string, cardList, today as string);
  expect(found.at).toBe(verdict);
  if (card) expect(found).toMatchObject({ card });
});

test('every other character at every place of a card is refused, and so is lower case', async () => {
  const { cases } = JSON.parse(cards) as { cases: { text: string; today: string }[] };
  const { text, today } = cases[0] as { text: string; today: string };
  const from = text.indexOf('#') + 1;
  const believed: string[] = [];
  for (let at = from; at < text.length; at += 1) {
    const here = text[at] ?? '';
    const others = [...new Set(`ABCDEFGHIJKLMNOPQRSTUVWXYZ234567${here.toLowerCase()}`)].filter((letter) => letter !== here);
    const said = await Promise.all(others.map((letter) => judge(text.slice(0, at) + letter + text.slice(at + 1), cardList, today)));
    said.forEach((found, n) => {
      if (found.at !== 'damaged' && found.at !== 'unknown_key') believed.push(`${at} ${others[n]} ${found.at}`);
    });
  }
  expect(believed).toEqual([]);
});

test('a card number shows a wrong digit and two that were swapped', () => {
  const { cases } = JSON.parse(cards) as { cases: { card?: { number: string } }[] };
  const good = cases[0]?.card?.number ?? '';
  expect(isNumber(good)).toBe(true);
  expect(isNumber(`${good.slice(0, 3)} ${good.slice(3, 6)} ${good.slice(6)}`)).toBe(true);
  for (let at = 0; at < good.length; at += 1) {
    for (const digit of '0123456789') expect(isNumber(good.slice(0, at) + digit + good.slice(at + 1))).toBe(digit === good[at]);
  }
});

const inWords = ({ point, item, lot, expiry }: Lot): readonly string[] => [point, item, lot, expiry];

sits(stores, ({ records, today, balances, differences, again, want, proposed }) => {
  const found = ledger(book.stock as StockRules, records as Plain[]);
  expect(found.balances.map(({ at, usable, set_aside: aside }) => [inWords(at), usable, aside])).toEqual(balances);
  expect(found.differences.map((one) => [one.record, inWords(one.at), one.book, one.counted])).toEqual(differences);
  expect(takenAgain(records as Plain[])).toEqual(again ?? []);
  if (!want) return;
  const [point, item, amount] = want as [string, string, number];
  expect(propose(found.balances, point, item, amount, today as string).map(([lot, n]) => [inWords(lot), n])).toEqual(proposed);
});

sits(sheets, ({ document, text, said }) => {
  const { number, ...told } = (document ?? {}) as Plain;
  expect(readDocument(text as string)).toEqual(document ? { ...told, ...(said === null ? { lines: null } : {}) } : null);
  if (document) expect([numberOf(told.record as string), typedNumber((number as string).toLowerCase().replace('-', ' '))]).toEqual([number, number]);
});

sits(lots, ({ expiry, today, clock_in_doubt: doubt, says }) => {
  expect(judgeLot(book.stock as StockRules, expiry, today as string, doubt as boolean)).toBe(says);
});
