import { expect, test } from 'vitest';
import type { Form } from '../generated/rulebook';
import { type Fields, formAsOf } from '../rules/otherfields';
import { rulebook } from '../store/book';
import { formHere } from '../ui/whole';
import { lineTo } from './testing/line';
import { type Phone, startPhone } from './testing/phone';
import { family, say, village, visit } from './testing/village';

const TODAY = '2026-12-01';
const ON = '2026-11-20';
const SOONER = { n: 1, days: { condom: [[1, [[17, 20, 21, 61]]]] } };

/** A village in which she agreed to supply, and her condoms of a day. */
async function agreed() {
  const made = await village({ book: rulebook });
  const { house, person } = await family(made.phone);
  const about = { person, household: house };
  await made.phone.store.record({ ...visit(about, { purpose: 'supply', decision: 'given' }, 'consent'), occurredOn: ON });
  await made.phone.engine.sync();
  const supply = () => made.phone.store.record({ ...visit(about, { item: 'condom', qty: 30 }, 'contraceptive_supply'), occurredOn: ON });
  return { ...made, person, supply };
}

const dueDays = ({ store }: Phone) => store.due(TODAY).filter(({ schedule }) => schedule === 'condom').map(({ due }) => due);
const schemas = ({ store }: Phone, person: string) => store.bundleOf(person)?.records.map(({ form, version, days }) => [form, version, days]);
const notices = ({ store }: Phone) => store.status.value.notices.map(({ code }) => code);

test('what a phone wrote before it heard of other days keeps its day, and it says that they changed', async () => {
  const { town, phone, supply } = await agreed();
  await supply();
  await say(town, 'days', SOONER);
  expect(dueDays(phone)).toEqual(['2026-12-20']);
  await phone.engine.sync();
  expect([dueDays(phone), notices(phone)]).toEqual([['2026-12-20'], ['county_days']]);
});

test('what is written afterwards names the decision and counts by it, also after a restart without a line', async () => {
  const { town, phone, person, supply } = await agreed();
  await say(town, 'days', SOONER);
  await phone.engine.sync();
  await supply();
  expect(dueDays(phone)).toEqual(['2026-12-10']);
  await phone.engine.sync();
  await phone.restart();
  expect(dueDays(phone)).toEqual(['2026-12-10']);
  expect(schemas(phone, person)).toContainEqual(['contraceptive_supply', rulebook.versionOf('contraceptive_supply'), 1]);
});

test('a variant that the county follows counts for what is written afterwards, in its own words', async () => {
  const { town, phone, supply } = await agreed();
  const quarter = { id: 'condom_quarter', zh: '避孕套（一季一次）', en: 'Condoms, quarterly', steps: [{ opens: 83, due: 90, overdue: 91, expire: 121, zh: '满 90 天', en: '90 days on' }], why: [{ zh: '{anchor}领的，够用 90 天', en: 'given {anchor}, enough for 90 days' }] };
  await say(town, 'days', { n: 1, days: { condom: [[1, quarter]] } });
  await phone.engine.sync();
  await supply();
  expect(phone.store.due(TODAY).filter(({ schedule }) => schedule === 'condom').map(({ due, why }) => [due, why.zh.slice(-7)])).toEqual([['2027-02-18', '够用 90 天']]);
});

test('a question is asked as the county set it once the phone heard, and a correction as its record had it', async () => {
  const { town, phone } = await agreed();
  const form = { id: 'f', fields: [{ key: 'n', type: 'int', warn: [1, 9], zh: '', en: '' }, { key: 'k', type: 'code', options: [{ code: 'a' }, { code: 'b' }], zh: '', en: '' }] } as unknown as Form;
  const fields = { 'f.n': [[2, { warn: [3, 5] }]], 'f.k': [[4, { hidden: ['b'] }]] } as unknown as Fields;
  await say(town, 'days', { n: 4, days: {}, fields });
  expect(formHere(form, phone.store.countyDays.value)).toBe(form);
  await phone.engine.sync();
  const here = formHere(form, phone.store.countyDays.value);
  expect([here.fields[0]?.warn, here.fields[1]?.options?.map(({ hidden }) => hidden)]).toEqual([[3, 5], [undefined, true]]);
  expect(formAsOf(form, fields, 1).fields[0]?.warn).toEqual([1, 9]);
});

test('an older list that comes again changes nothing and is not told', async () => {
  const { town, phone, supply } = await agreed();
  await say(town, 'days', { n: 2, days: { condom: [[2, [[7, 10, 11, 61]]]] } });
  await phone.engine.sync();
  await say(town, 'days', SOONER);
  await phone.engine.sync();
  await supply();
  expect([dueDays(phone), notices(phone)]).toEqual([['2026-11-30'], ['county_days']]);
});

test('what the county confirmed is known after a restart, without a word about days', async () => {
  const { town, phone } = await agreed();
  await say(town, 'days', { n: 0, days: {}, v: 4, confirmed: { 'anc/1': ['fetal_heart_slow'] } });
  await phone.engine.sync();
  await say(town, 'days', { n: 0, days: {}, v: 3, confirmed: {} });
  await phone.engine.sync();
  await phone.restart();
  expect([phone.store.countyDays.value?.confirmed, notices(phone)]).toEqual([{ 'anc/1': ['fetal_heart_slow'] }, []]);
});

test('a colleague’s record that comes along with the decision counts by it at once', async () => {
  const { town, phone, supply } = await agreed();
  const id = await supply();
  await phone.engine.sync();
  const rows = [...town.state.feeds.values()].flatMap(({ rows: all }) => all);
  const hers = rows.find((row) => row.id === id);
  if (!hers) throw new Error('not there');
  hers.schema = `${hers.schema ?? ''}/1`;
  await say(town, 'days', SOONER);
  const fresh = await startPhone(lineTo(town), { name: 'li', book: rulebook });
  await fresh.engine.sync();
  expect(dueDays(fresh)).toEqual(['2026-12-10']);
});
