/** Every form by every role that writes it, over the phones' stores: who holds what was found, and who only that there was a service. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { book, type Form } from '../../src/generated/rulebook';
import { audience } from '../../src/rules/forms';
import type { NewRecord, Store } from '../../src/store/api';
import { phoneIn } from './phone';
import { type RealTown, VILLAGE, startTown } from './town';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let town: RealTown;
beforeAll(async () => void (town = await startTown()));
afterAll(() => town.stop());

const WRITERS = { director: 'wang', liaison: 'zhao', technician: 'sun' } as const;
type Role = keyof typeof WRITERS;
const READERS: Readonly<Record<Role, string>> = { director: 'li', liaison: 'zhao', technician: 'sun' };
const FORMS: readonly Form[] = Object.values(book.forms);

const mark = (form: Form, role: string): string => `finding-${form.id}-${role}`;

/** A woman who moved in, so that liaisons hear of her too, and who agreed to everything she can be asked. */
async function migrant(store: Store): Promise<{ person: string; household: string }> {
  const [household, person] = [store.newId(), store.newId()];
  await store.patch('household', household, { area: VILLAGE, group: '3', number: '12' });
  await store.patch('person', person, { name: '周桂兰', sex: 'f', birth: '1988-04-02', household, residence: 'moved_in' });
  const purposes = [...new Set(FORMS.flatMap((form) => form.consent ?? []))];
  await store.recordAll(purposes.map((purpose) => ({
    form: 'consent', area: VILLAGE, occurredOn: '2026-10-01', person, household, answers: { purpose, decision: 'given', text_version: '2026-1', mode: 'oral' },
  })));
  return { person, household };
}

/** All that a store shows, as one text. */
const held = (store: Store): string => JSON.stringify([[...store.bundles.value.values()], store.loose.value]);

test.each(Object.keys(WRITERS) as Role[])('what a %s found lies on the phones of those who may read it, and on no other', async (author) => {
  const director = await phoneIn(town, WRITERS.director);
  const her = await migrant(director.store);
  await director.engine.sync();
  const writer = author === 'director' ? director : await phoneIn(town, WRITERS[author]);
  await writer.engine.sync();
  const mine = FORMS.filter((form) => form.writers.includes(author) && form.id !== 'consent');
  await writer.store.recordAll(mine.map((form): NewRecord => ({
    form: form.id, area: VILLAGE, occurredOn: '2026-10-02', answers: { remark: mark(form, author) }, ...(form.subject === 'place' ? {} : her),
  })));
  expect(await writer.engine.sync()).toMatchObject({ ok: true });
  const texts = new Map<Role, string>();
  for (const role of Object.keys(READERS) as Role[]) {
    const { store, engine } = await phoneIn(town, READERS[role]);
    await engine.sync();
    texts.set(role, held(store));
  }
  const lacks = (role: Role, form: Form): boolean => !texts.get(role)?.includes(mark(form, author));
  const common = (form: Form): boolean => audience(form, author) === 'common' || form.id === 'stock';
  expect(mine.filter((form) => lacks('technician', form)).map((form) => form.id)).toEqual([]);
  expect(mine.filter((form) => lacks('director', form) === common(form)).map((form) => form.id)).toEqual([]);
  const hidden = mine.filter((form) => !common(form));
  expect(hidden.filter((form) => !lacks('liaison', form)).map((form) => form.id)).toEqual([]);
  // A note does not even name the form; those that directors write too are named by their own records.
  const named = hidden.filter((form) => !form.writers.includes('director') && texts.get('director')?.includes(`"form":"${form.id}"`));
  expect(named.map((form) => form.id)).toEqual([]);
});
