import { expect, test } from 'vitest';
import { director } from './testing/phone';
import { family, say, village } from './testing/village';

const LI = director('li').id;

async function known() {
  const all = await village();
  const { house, person } = await family(all.phone);
  await all.phone.engine.sync();
  return { ...all, house, person };
}

const changed = (set: object, was: object, rev: string, t = 1_800_000_100_000) => [{ type: 'person', set, was, rev: { '*': rev } }, { t, actor: LI, role: 'director' }] as const;

test('a change of a colleague says who, when, from what to what', async () => {
  const { town, phone, person } = await known();
  town.names.set(LI, '李主任');
  const [body, by] = changed({ phone: '13800005678' }, { phone: '13800006310' }, 'p1');
  await say(town, 'state', body, { person, ...by });
  await phone.engine.sync();
  await phone.restart();
  const [change] = phone.store.changes('person', person);
  expect(change).toMatchObject({ at: by.t, author: LI, where: 'town', set: { phone: '13800005678' }, was: { phone: '13800006310' } });
  expect(phone.store.names.value[LI]).toBe('李主任');
});

test('a colleague without a name is asked about once', async () => {
  const { town, line, phone, person } = await known();
  const [body, by] = changed({ phone: '1' }, { phone: null }, 'p1');
  await say(town, 'state', body, { person, ...by });
  await phone.engine.sync();
  line.asked.length = 0;
  await phone.engine.sync();
  expect(line.asked).toEqual(['/api/sync/pull']);
});

test('a name that cannot be fetched now does not stop the sync', async () => {
  const { town, line, phone, person } = await known();
  const [body, by] = changed({ phone: '1' }, { phone: null }, 'p1');
  await say(town, 'state', body, { person, ...by });
  line.faults = ['ok', 'lost'];
  expect(await phone.engine.sync()).toMatchObject({ ok: true, received: 1 });
});

test('the same change told again stands once', async () => {
  const { town, phone, person } = await known();
  const [body, by] = changed({ phone: '2' }, { phone: '1' }, 'p1');
  await say(town, 'state', body, { person, ...by });
  await phone.engine.sync();
  await phone.store.port.forget();
  await phone.engine.sync();
  expect(phone.store.changes('person', person)).toHaveLength(1);
});

test('a snapshot tells the changes it knows of', async () => {
  const { town, phone, person } = await known();
  const [body, by] = changed({ phone: '2' }, { phone: '1' }, 'p1');
  await say(town, 'change', body, { person, ...by });
  await phone.engine.sync();
  expect(phone.store.changes('person', person).map((c) => c.was)).toEqual([{ phone: '1' }]);
  expect(phone.store.bundleOf(person)?.persons[0]?.phone).toBeUndefined();
});

test('who was just added is said to be new, and what was changed after that says from what', async () => {
  const { phone } = await village();
  const { person } = await family(phone);
  await phone.store.patch('person', person, { phone: '1' });
  await phone.store.patch('person', person, { phone: '2' });
  const [second, first, born] = phone.store.changes('person', person);
  expect([second?.was, first?.was, born?.born, born?.where]).toEqual([{ phone: '1' }, { phone: null }, true, 'here']);
});

test('a change is taken back before it is sent', async () => {
  const { phone, person } = await known();
  await phone.store.patch('person', person, { phone: '1' });
  const [change] = phone.store.changes('person', person);
  await phone.store.undo(change?.id ?? '');
  expect(phone.store.changes('person', person)).toEqual([]);
  expect(phone.store.bundleOf(person)?.persons[0]?.phone).toBeUndefined();
});

test('an ID number never stands in a change, only its last four', async () => {
  const { phone, person } = await known();
  await phone.store.patch('person', person, { id_number: '11010119880502002X' });
  expect(phone.store.changes('person', person)[0]).toMatchObject({ set: { id_last4: '002X' }, was: { id_last4: null } });
});

test('a household and its first person are written together', async () => {
  const { phone } = await village();
  const [house, person] = [phone.store.newId(), phone.store.newId()];
  const area = '990131101201';
  await phone.store.patchAll([
    { type: 'household', id: house, set: { area, group: '3', number: '14' } },
    { type: 'person', id: person, set: { name: '李梅', household: house }, to: { area, household: house } },
  ]);
  expect(await phone.engine.sync()).toMatchObject({ ok: true, sent: 2 });
  expect(phone.store.bundleOf(person)?.household.number).toBe('14');
});
