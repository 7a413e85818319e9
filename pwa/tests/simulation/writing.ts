/** What workers write, correct, move and take back on their phones. Each answers what it did, in words, or nothing. */
import type { Bundle, NewRecord, Person, Rec } from '../../src/store/api';
import { StoreError } from '../../src/store/api';
import type { Phone } from './phone';
import { type World, wrote } from './world';

export type Act = (world: World, phone: Phone) => Promise<string | undefined>;

const VILLAGES = ['990131101201', '990131101202', '990131101203'];
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗'];
const GIVEN = ['桂兰', '秀英', '玉梅', '春花', '丽娟', '红霞', '小燕', '金凤'];

/** What a refused save means: nothing was written. */
async function saved(task: () => Promise<string>): Promise<string | undefined> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof StoreError) return `could not (${error.code})`;
    throw error;
  }
}

const seen = ({ dice }: World, phone: Phone): Bundle | undefined => {
  const bundles = [...phone.store.bundles.value.values()];
  return bundles.length ? dice.one(bundles) : undefined;
};
const someone = (world: World, phone: Phone): [Bundle, Person] | undefined => {
  const bundle = seen(world, phone);
  return bundle?.persons.length ? [bundle, world.dice.one(bundle.persons)] : undefined;
};
const villageOf = (world: World, phone: Phone): string => {
  const own = phone.store.worker.value.areas.map((area) => area.code).filter((code) => code.length === 12);
  return world.dice.one(own.length && world.dice.maybe(90) ? own : VILLAGES);
};
const marker = (world: World, what: string) => `${what} ${(world.names.notes += 1)}`;

export const newFamily: Act = async (world, phone) => {
  if (world.names.houses >= 7) return undefined;
  const { dice, names } = world;
  const [house, person, area] = [phone.store.newId(), phone.store.newId(), villageOf(world, phone)];
  const number = String((names.houses += 1));
  const name = `${dice.one(SURNAMES)}${dice.one(GIVEN)}${(names.people += 1)}`;
  return saved(async () => {
    wrote(world, phone, [await phone.store.patch('household', house, { area, number })], `door ${number}`);
    const set = { name, sex: 'f', birth: `19${70 + dice.under(29)}-0${1 + dice.under(9)}-11`, household: house, ...(dice.maybe(30) ? { residence: 'moved_in' } : {}) };
    wrote(world, phone, [await phone.store.patch('person', person, set, { household: house, area })], name, person);
    return `registers door ${number} in ${world.places[area]} and ${name} who lives there`;
  });
};

export const newPerson: Act = async (world, phone) => {
  const bundle = world.names.people < 14 ? seen(world, phone) : undefined;
  if (!bundle || bundle.household.none) return undefined;
  const person = phone.store.newId();
  const name = `${world.dice.one(SURNAMES)}${world.dice.one(GIVEN)}${(world.names.people += 1)}`;
  return saved(async () => {
    wrote(world, phone, [await phone.store.patch('person', person, { name, sex: 'f', household: bundle.household.id })], name, person);
    return `registers ${name} at door ${bundle.household.number}`;
  });
};

async function record(world: World, phone: Phone, form: string, answers: NewRecord['answers'], about: { person?: string; household?: string; area: string }, words: string): Promise<string | undefined> {
  const back = world.dice.under(20);
  const occurredOn = new Date(world.town.now - back * 86_400_000).toISOString().slice(0, 10);
  const draft = world.dice.maybe(30) ? [...phone.drafts.keys()][0] : undefined;
  return saved(async () => {
    const ids = await phone.store.recordAll([{ form, occurredOn, answers, ...about }], draft);
    if (draft !== undefined) phone.drafts.delete(draft);
    wrote(world, phone, ids, words, about.person);
    return `records ${words}`;
  });
}

export const visit: Act = async (world, phone) => {
  const bundle = seen(world, phone);
  if (!bundle || bundle.household.none) return undefined;
  const about = { area: bundle.household.area, household: bundle.household.id };
  return record(world, phone, 'household_visit', { presence: 'met', needs: marker(world, '想要') }, about, `a visit at door ${bundle.household.number}`);
};

const PURPOSES = ['supply', 'supply', 'service_record'];
const consent = (decision: string): Act => async (world, phone) => {
  const [bundle, person] = someone(world, phone) ?? [];
  if (!bundle || !person) return undefined;
  const purpose = world.dice.one(PURPOSES);
  const answers = { purpose, decision, text_version: '2026-1', mode: 'sign' };
  return record(world, phone, 'consent', answers, { area: bundle.household.area, person: person.id, household: bundle.household.id }, `that ${person.name} has ${decision} consent for ${purpose}`);
};
export const agrees = consent('given');
export const withdraws = consent('withdrawn');
export const declines = consent('declined');

export const service: Act = async (world, phone) => {
  const [bundle, person] = someone(world, phone) ?? [];
  if (!bundle || !person) return undefined;
  const form = world.dice.one(['contraceptive_supply', 'contraceptive_followup', 'referral']);
  const answers = { contraceptive_supply: { item: 'condom', qty: 10 }, contraceptive_followup: { method: 'iud', note: marker(world, '随访') }, referral: { step: 'sent', urgency: 'soon', reason: marker(world, '转诊') } };
  return record(world, phone, form, answers[form as keyof typeof answers], { area: bundle.household.area, person: person.id }, `a ${form} of ${person.name}`);
};

export const stock: Act = (world, phone) =>
  record(world, phone, 'contraceptive_supply', { item: 'condom', qty: world.dice.under(90) }, { area: villageOf(world, phone) }, 'a stock movement');

const recordsOf = (phone: Phone): Rec[] => [...phone.store.bundles.value.values()].flatMap((bundle) => bundle.records).filter((rec) => !rec.seenAs && rec.status === 'live');

export const correct: Act = async (world, phone) => {
  const records = recordsOf(phone);
  if (!records.length) return undefined;
  const rec = world.dice.one(records);
  return saved(async () => {
    const strike = world.dice.maybe(25);
    const id = strike ? await phone.store.voidRecord(rec.id, '记错了人') : await phone.store.amend(rec.id, { note: marker(world, '改') }, '写错了');
    wrote(world, phone, [id], 'a correction', rec.person);
    return `${strike ? 'strikes out' : 'corrects'} a ${rec.form}`;
  });
};

export const edit: Act = async (world, phone) => {
  const [bundle, person] = someone(world, phone) ?? [];
  if (!bundle || !person) return undefined;
  const { dice } = world;
  const change = dice.one([
    { set: { phone: `138${String((world.names.notes += 1)).padStart(8, '0')}` }, words: 'telephone' },
    { set: { note: dice.maybe(15) ? null : marker(world, '备注') }, words: 'note' },
    { set: { residence: dice.one(['resident', 'moved_in', 'moved_out']) }, words: 'residence' },
    { set: { name: `${person.name.slice(0, 3)}${(world.names.people += 1)}` }, words: 'name' },
  ]);
  return saved(async () => {
    wrote(world, phone, [await phone.store.patch('person', person.id, change.set)], `a ${change.words}`, person.id);
    return `changes the ${change.words} of ${person.name}`;
  });
};

export const moveHouse: Act = async (world, phone) => {
  const bundle = seen(world, phone);
  if (!bundle || bundle.household.none) return undefined;
  const far = world.dice.maybe(50);
  const set = far ? { area: world.dice.one(VILLAGES) } : { note: marker(world, '门牌') };
  return saved(async () => {
    wrote(world, phone, [await phone.store.patch('household', bundle.household.id, set, { area: bundle.household.area })], 'a household');
    return far ? `door ${bundle.household.number} now belongs to ${world.places[String(set.area)]}` : `writes a note on door ${bundle.household.number}`;
  });
};

export const movePerson: Act = async (world, phone) => {
  const [, person] = someone(world, phone) ?? [];
  const to = seen(world, phone);
  if (!person || !to || to.household.none || to.household.id === person.household) return undefined;
  return saved(async () => {
    wrote(world, phone, [await phone.store.patch('person', person.id, { household: to.household.id })], 'a move', person.id);
    return `${person.name} moves to door ${to.household.number}`;
  });
};

/** Takes the newest unsent one back, if it may be. */
export const undo: Act = async (world, phone) => {
  const newest = [...world.written].filter(([, one]) => one.phone === phone.name).pop();
  if (!newest) return undefined;
  return saved(async () => {
    await phone.store.undo(newest[0]);
    world.written.delete(newest[0]);
    return `takes back ${newest[1].what}`;
  });
};

export const draft: Act = async (world, phone) => {
  const key = world.dice.one(['household_visit:a', 'consent:b']);
  return saved(async () => {
    if (world.dice.maybe(20)) {
      await phone.store.drafts.drop(key);
      phone.drafts.delete(key);
      return 'throws a draft away';
    }
    const value = { note: marker(world, '草稿') };
    await phone.store.drafts.save(key, value);
    phone.drafts.set(key, value);
    return 'fills in a form without sending it off';
  });
};

export const dismiss: Act = async (world, phone) => {
  const [asks] = phone.store.status.value.parked;
  if (!asks) return undefined;
  await saved(() => phone.store.dismiss(asks.id).then(() => ''));
  return `has seen that the town asks about one of hers (${asks.code})`;
};

/** Whatever she may write, chosen by weight. */
export const WRITING: readonly { weight: number; act: Act }[] = [
  { weight: 9, act: newFamily }, { weight: 5, act: newPerson }, { weight: 12, act: visit }, { weight: 10, act: agrees }, { weight: 3, act: withdraws },
  { weight: 1, act: declines }, { weight: 14, act: service }, { weight: 2, act: stock }, { weight: 7, act: correct }, { weight: 12, act: edit },
  { weight: 3, act: moveHouse }, { weight: 3, act: movePerson }, { weight: 4, act: undo }, { weight: 6, act: draft }, { weight: 2, act: dismiss },
];
