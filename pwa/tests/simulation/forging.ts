/** The same event id with other answers, as a faulty app or a copied profile would send it. */
import { digest } from '../../src/rules/digest';
import { b64, randomBytes } from '../../src/store/bytes';
import type { Event } from '../../src/store/wire';
import { outboxOf } from './disk';
import type { Phone } from './phone';
import { type World, Violation } from './world';

/** Sends it; true when the town said that it keeps both. Nothing is sent when no event of this phone is at the town. */
export async function event(world: World, phone: Phone): Promise<boolean> {
  const sent = outboxOf(phone.factory, phone.name).filter((row) => row.state === 'sent' || row.state === 'kept');
  if (!sent.length || phone.lost) return false;
  const row = world.dice.one(sent);
  const box = Buffer.from(row.box);
  const { e } = JSON.parse(box.toString('utf8', box.indexOf('\n\n') + 2)) as { e: Event };
  const { ids } = await world.town.ask<{ ids: string[] }>({ do: 'has', ids: [e.id] });
  const before = await world.town.ask<{ count: number }>({ do: 'kept_fork', id: e.id });
  if (!ids.length || before.count || e.kind !== 'record' || (e.person && world.erased.has(e.person))) return false;
  const changed = await resealed(e, world.names.notes);
  const body = { proto: 1, device: phone.device, store: row.store, epoch: null, now: world.town.now, events: [{ ...changed, dseq: row.dseq }] };
  const said = await world.town.http({ method: 'POST', path: '/api/sync/push', headers: HEADERS, token: phone.token, body: Buffer.from(JSON.stringify(body)) });
  if (said.status !== 200) return false;
  const after = await world.town.ask<{ count: number }>({ do: 'kept_fork', id: e.id });
  const answer = Buffer.from(said.body).toString();
  if (after.count <= before.count) throw new Violation('lost', `other content under the id ${e.id} was answered ${answer.slice(0, 300)} and is kept nowhere`);
  return true;
}

const HEADERS = { accept: 'application/json', 'content-type': 'application/json', 'x-suifang': '1', 'sync-protocol': '1' };

async function resealed(event: Event, n: number): Promise<Event> {
  const salt = randomBytes(16);
  const body = { ...event.body, answers: { ...event.body.answers, note: `另一个 ${n}` } };
  const covered = Object.fromEntries(Object.entries({ ...event, body: Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'salt')) }).filter(([key]) => key !== 'digest'));
  return { ...event, body: { ...body, salt: b64(salt) }, digest: b64(await digest(salt, covered)) };
}
