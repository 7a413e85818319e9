/** Events as this phone makes them: who, when by which clock, about whom, and the digest that binds it all. */
import { digest } from '../rules/digest';
import { StoreError, type Worker } from './api';
import { b64, json, randomBytes, uuid7 } from './bytes';
import type { Event, EventBody } from './wire';
import type { Clock } from '../clock';

/** A longer one is refused here, so that nothing wedges the queue. */
const MAX_EVENT_BYTES = 64 * 1024;

export interface Author {
  clock: Clock;
  store: string;
  worker: Worker;
}
export type Draft = Pick<Event, 'kind' | 'schema' | 'area' | 'person' | 'household'> & { id?: string; body: Omit<EventBody, 'salt'> };

/** Rejects `too_large` above 64 KB, `bad_value` for what cannot be written exactly (fractions, broken Unicode). */
export async function makeEvent(author: Author, draft: Draft): Promise<Event> {
  const salt = randomBytes(16);
  const t = author.clock.now();
  const { id = uuid7(t), kind, schema, area, person, household, body } = draft;
  const about = { ...(person ? { person } : {}), ...(household ? { household } : {}) };
  const who = { actor: author.worker.id, role: roleIn(author.worker, area) };
  const bare = { id, kind, schema, store: author.store, t, clk: author.clock.clk(), ...who, area, ...about, body };
  const event: Event = { ...bare, body: { salt: b64(salt), ...body }, digest: b64(await digestOf(salt, bare)) };
  if (json(event).length > MAX_EVENT_BYTES) throw new StoreError('too_large');
  return event;
}

async function digestOf(salt: Uint8Array<ArrayBuffer>, bare: object): Promise<Uint8Array> {
  try {
    return await digest(salt, bare);
  } catch (error) {
    throw new StoreError('bad_value', error instanceof Error ? error.message : undefined);
  }
}

/** The role she acts in there: of her areas, the one nearest to it; work outside them is kept and the server decides. */
export function roleIn(worker: Worker, area: string): string {
  const holding = worker.areas.filter((a) => area.startsWith(a.code)).sort((a, b) => b.code.length - a.code.length);
  return holding[0]?.role ?? worker.role;
}
