/** A note for the station, written while her store stays closed; only the town can read it. */
import { StoreError } from '../store/api';
import { createPoster } from '../store/envelope';
import { makeEvent } from '../store/event';
import { appendClosed } from '../store/postbox';
import { lockedOr } from './locking';
import type { Me } from './me';
import { leaveReady } from './parcel';

/** What she writes while her store is closed: on which day, who it is about in her own words, what was done. */
export interface Jotted {
  occurredOn: string;
  who: string;
  what: string;
}
/** No form of the rulebook: the town keeps it whole, and a person at the station enters it. */
const JOTTING = 'closed_note/1';
const NOWHERE = '00';

export async function jot(me: Me, worker: string, { occurredOn, who, what }: Jotted): Promise<void> {
  const entry = await me.directory.entry(worker);
  const registration = await me.directory.registration();
  if (!entry || !registration) throw new StoreError('closed');
  const author = { clock: me.clock, store: entry.store, worker: { id: worker, name: '', role: 'director', areas: [] } };
  const event = await makeEvent(author, { kind: 'record', schema: JOTTING, area: NOWHERE, body: { occurred_on: occurredOn, answers: { who, what } } });
  await appendClosed(me.indexedDB, entry, await createPoster(registration.serverSealKey), event);
  void leaveReady(me).catch(() => undefined);
  await lockedOr(me, () => me.state.value, worker);
}
