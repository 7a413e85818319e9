/** What must hold after every step, and at the end when the network is well. */
import type { Row } from '../../src/store/wire';
import { rowsOf } from '../../src/store/snapshots';
import { docsOf, mirrorOf, outboxOf } from './disk';
import type { Phone } from './phone';
import type { Place } from './rights';
import type { Registered, Said } from './town';
import { type World, Violation, heldOn } from './world';

/** Every event that was saved lies in an outbox, is kept, or is at the town; those of erased people may be gone. */
export async function checkNothingLost(world: World): Promise<void> {
  const held = new Set(world.phones.flatMap(heldOn));
  const arrived = world.arrived();
  const missing = [...world.written].filter(([id, { person }]) => !held.has(id) && !arrived.has(id) && !world.erased.has(person ?? '')).map(([id]) => id);
  if (!missing.length) return;
  const { ids } = await world.town.ask<{ ids: string[] }>({ do: 'has', ids: missing });
  for (const id of ids) arrived.add(id);
  const lost = missing.filter((id) => !arrived.has(id));
  if (lost.length) throw new Violation('lost', lost.map((id) => `${world.written.get(id)?.what} of ${world.written.get(id)?.phone} (${id})`).join(', '));
}

/** At the end every saved event is at the town, whatever the phones believe; but what waits on a lost phone. */
export async function checkArrived(world: World): Promise<void> {
  const waiting = new Set(world.phones.filter((phone) => phone.lost).flatMap(heldOn));
  const wanted = [...world.written].filter(([id, { person }]) => !waiting.has(id) && !world.erased.has(person ?? '')).map(([id]) => id);
  const { ids } = await world.town.ask<{ ids: string[] }>({ do: 'has', ids: wanted });
  const here = new Set(ids);
  const never = wanted.find((id) => !here.has(id));
  if (never !== undefined) throw new Violation('lost', `never arrived: ${world.written.get(never)?.what} of ${world.written.get(never)?.phone} (${never})`);
}

/** To a phone that has heard the town as it is now, nothing counts as sent that is not there. */
export async function checkSentIsThere(world: World, phone: Phone): Promise<void> {
  const sent = outboxOf(phone.factory, phone.name).filter(({ id, state }) => (state === 'sent' || state === 'kept') && !world.erased.has(world.written.get(id)?.person ?? ''));
  const arrived = world.arrived();
  const unsure = sent.map(({ id }) => id).filter((id) => !arrived.has(id));
  if (!unsure.length) return;
  const { ids } = await world.town.ask<{ ids: string[] }>({ do: 'has', ids: unsure });
  for (const id of ids) arrived.add(id);
  const never = sent.find(({ id }) => !arrived.has(id));
  if (never) throw new Violation('lost', `${phone.name} counts as sent what the town does not have: ${never.id}`);
}

/** A record is shown once, wherever its person was. */
export function checkShownOnce(phone: Phone): void {
  const shown = [...phone.store.bundles.value.values()].flatMap((bundle) => bundle.records);
  const seen = new Set<string>();
  const twice = [...shown, ...phone.store.loose.value].map((rec) => rec.id).find((id) => seen.size === seen.add(id).size);
  if (twice !== undefined) throw new Violation('duplicated', `${phone.name} shows ${twice} twice`);
}

export async function checkTakenOnce(world: World): Promise<void> {
  const { twice } = await world.truth();
  if (twice) throw new Violation('duplicated', `${twice} events stand in the town's log twice`);
}

interface Prefix {
  [f: string]: { q: number; h: string; records: string[] };
}

/** A place in a feed means that all rows up to it are here, and no feed ever had to be fetched again. */
export async function checkPrefix(world: World, phone: Phone): Promise<void> {
  if (phone.store.status.value.notices.some((notice) => notice.code === 'feed_refetched')) throw new Violation('diverged', `${phone.name}: a feed did not add up`);
  const { feeds, epoch } = mirrorOf(phone.factory, phone.name);
  const whole = Object.entries(feeds).filter(([, feed]) => !feed.snap && feed.q > 0);
  if (!whole.length) return;
  const { town } = await world.town.ask<{ town?: Prefix }>({ do: 'prefix', epoch, feeds: Object.fromEntries(whole.map(([f, { q }]) => [f, q])) });
  if (!town) return;
  const docs = docsOf(phone.factory, phone.name);
  for (const [f, { q, h, area }] of whole) {
    const held = new Set(docs.get(f)?.flatMap((doc) => doc.e.map((e) => e.id)));
    const missing = town[f]?.records.find((id) => !held.has(id));
    if (town[f]?.h !== h) throw new Violation('diverged', `${phone.name}: the chain of ${area} at ${q} is not the town's`);
    if (missing !== undefined) throw new Violation('diverged', `${phone.name} stands at ${q} in ${area} and does not hold ${missing}`);
  }
}

/** After a whole sync nothing lies here that may not. */
export async function checkAtRest(world: World, phone: Phone): Promise<void> {
  const rights = await world.rights();
  const { feeds } = mirrorOf(phone.factory, phone.name);
  for (const [f, docs] of docsOf(phone.factory, phone.name)) {
    const place = feeds[f];
    if (!place) continue;
    if (!rights.feed(phone, place)) throw new Violation('leaked', `${phone.name} still holds ${place.area}.${place.audience}`);
    for (const doc of docs) {
      const things = Object.values(doc.p).map((one): Row => ({ id: '', kind: 'state', person: one.id, body: { type: 'person' }, f, q: 0, digest: '' }));
      const why = [...doc.e, ...things].map((row) => rights.fault(place, row)).find(Boolean);
      if (why) throw new Violation('leaked', `${phone.name} still holds in ${place.area}.${place.audience}: ${why}`);
    }
  }
}

interface Answer {
  add?: ({ f: string } & Place)[];
  events?: Row[];
  first?: { chunk: Parameters<typeof rowsOf>[0] };
  households?: unknown;
}

/** Looks at what the town says to a phone, whether it arrives or not. */
export async function checkAnswer(world: World, phone: Registered, path: string, said: Said): Promise<void> {
  if (said.status === 0) world.counts.kills += 1;
  if (said.status !== 200 || !/^\/api\/sync\/(pull|snapshots)/.test(path)) return;
  const answer = JSON.parse(Buffer.from(said.body).toString()) as Answer;
  for (const { f, area, audience } of answer.add ?? []) world.feedPlaces.set(f, { area, audience });
  const chunks = path.includes('snapshots') ? [answer as Parameters<typeof rowsOf>[0]] : answer.first ? [answer.first.chunk] : [];
  const rows = [...(answer.events ?? []), ...chunks.flatMap(rowsOf)];
  if (world.lostPhones.has(phone.device)) throw new Violation('leaked', `${phone.name} is lost and was answered`);
  if (!rows.length) return;
  const rights = await world.rights();
  for (const row of rows) {
    const place = world.feedPlaces.get(row.f);
    const why = place ? rights.fault(place, row) : undefined;
    if (!place || !rights.feed(phone, place) || why) throw new Violation('leaked', `${phone.name} is sent ${row.kind} ${row.id} in ${place?.area}.${place?.audience}: ${why ?? 'not her feed'}`);
  }
}
