/** A worker's registered phone over the real town: its session, its open store, and itself opened again. */
import { IDBFactory } from 'fake-indexeddb';
import { createClock } from '../../src/clock';
import { utf8 } from '../../src/store/bytes';
import { createVault } from '../../src/store/vault';
import { type SessionState, createSession } from '../../src/sync/session';
import { createTransport } from '../../src/sync/transport';
import { PASSWORD, type RealTown, browserOf } from './town';

export async function phoneIn(town: RealTown, worker: string) {
  const browser = browserOf(town);
  const factory = new IDBFactory();
  const setup = { indexedDB: factory, vault: await createVault(utf8('a key of thirty-two bytes, so so')), clock: createClock(), transport: createTransport({ fetch: browser.fetch }) };
  const session = await createSession(setup);
  await session.signIn(worker, PASSWORD);
  const { code } = await town.ask<{ code: string }>({ do: 'code', worker });
  const open = opened(await session.register(code, 'test'));
  return { session, browser, factory, ...open, again: async () => opened(await (await createSession(setup)).resume()) };
}

export function opened(state: SessionState) {
  if (state.at !== 'open') throw new Error(`the session is ${state.at}`);
  return state;
}
