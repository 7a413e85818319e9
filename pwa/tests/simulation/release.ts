/**
 * What the outbox of this version of the app holds after one of everything, for tests/fixtures/outbox: printed as JSON.
 * node build.mjs FOLDER release && node FOLDER/release.mjs > ../../../tests/fixtures/outbox/VERSION.json
 * 0.1.0-second-forms is 0.1.0 since some forms have a second version.
 */
import { book } from '../../src/generated/rulebook';
import { outboxOf } from './disk';
import { diceOf } from './dice';
import { startPhone } from './phone';
import { createStorage, installChance, installWindows } from './seam';
import type { Event } from '../../src/store/wire';
import type { Wire } from './wire';

const AREA = '990131101201';
createStorage();
installChance().seeded(diceOf(1));
installWindows();
const id = (n: number) => `01a17720-ca00-7000-8000-${String(n).padStart(12, '0')}`;
const role = 'director';
const worker = { id: id(1), name: 'wang', role, areas: [{ code: AREA, name: '东坡村', role }] };
const silent = { fetchFor: () => () => Promise.reject(new TypeError('no line')), expire: () => () => undefined } as unknown as Wire;
const { store, factory, name, versions } = await startPhone({ name: 'wang', worker, device: id(2), store: id(3), token: '' }, silent, 1_793_000_000_000);

for (const [form, { version }] of Object.entries(book.forms)) versions.set(form, version);

const [house, person] = [store.newId(), store.newId()];
await store.patch('household', house, { area: AREA, group: '3', number: '12', note: '门口有枣树 𠮷' });
await store.patch('person', person, { name: '周桂兰', sex: 'f', birth: { year: 1988, month: 4 }, household: house, phone: '13800005678', id_number: '110105198804023829' });
const about = { area: AREA, person, household: house, occurredOn: '2026-10-20' };
const [consent, supply] = await store.recordAll([
  { form: 'consent', ...about, answers: { purpose: 'supply', decision: 'given', text_version: '2026-1', mode: 'sign' } },
  { form: 'contraceptive_supply', ...about, answers: { item: 'condom', qty: 10 } },
  { form: 'household_visit', area: AREA, household: house, occurredOn: '2026-10-20', answers: { presence: 'met' } },
  { form: 'referral', ...about, answers: { step: 'sent', urgency: 'soon', reason: '要取环' } },
  { form: 'contraceptive_followup', ...about, answers: { method: 'iud' } },
  { form: 'moving', ...about, answers: { step: 'arrives', offers: ['check', 'supplies'] } },
  { form: 'folic_acid', ...about, answers: { stage: 'planning', bottles: 2 } },
  { form: 'pill_screen', ...about, answers: { kind: 'first', preg_sign: 'no', age_smoke: 'no', high_bp: 'unknown' } },
  { form: 'education', area: AREA, occurredOn: '2026-10-20', answers: { topic: 'rh', attendees: 3 } },
  { form: 'contraceptive_supply', area: AREA, occurredOn: '2026-10-20', answers: { item: 'condom', qty: 100 } },
]);
await store.amend(supply ?? '', { qty: 20 }, '写错了');
await store.voidRecord(consent ?? '', '记错了人');
await store.patch('person', person, { note: '下午在家', phone: null });

const events = outboxOf(factory, name).map(({ dseq, box }) => {
  const bytes = Buffer.from(box);
  const { e } = JSON.parse(bytes.toString('utf8', bytes.indexOf('\n\n') + 2)) as { e: Event };
  return { ...e, dseq };
});
process.stdout.write(`${JSON.stringify({ worker: worker.id, device: id(2), store: id(3), area: AREA, role, events }, undefined, 1)}\n`);
