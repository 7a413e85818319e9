/** Phones of one town that are locked, opened anew, lost and found: their disk, their line and their clocks in the test's hand. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeAll } from 'vitest';
import { createClock } from '../../src/clock';
import { StoreError } from '../../src/store/api';
import { type Directory, openDirectory } from '../../src/store/directory';
import type { PhoneLock } from '../../src/sync/me';
import { type Session, type SessionState, createSession } from '../../src/sync/session';
import { createTransport } from '../../src/sync/transport';
import { PASSWORD, type RealTown, VILLAGE, browserOf, startTown } from './town';

export const [PIN, OTHER_PIN, WRONG] = ['735194', '409718', '735195'] as const;
export const visit = { form: 'household_visit', area: VILLAGE, occurredOn: '2026-11-01', answers: { result: 'met' } };
/** What is tried here does not depend on how long a try takes; that a phone takes no fewer than the floor is keyring.test.ts. */
const rounds = 1_000;

export type Broken = (path: string) => Response | undefined;
export const offline: Broken = () => { throw new TypeError('Failed to fetch'); };

/** A town for all tests of a file, its phones, and a worker's first day on one of them. */
export function inTown() {
  const place = {} as { town: RealTown };
  beforeAll(async () => void (place.town = await startTown()));
  afterAll(() => place.town.stop());
  const town: RealTown = { get url() { return place.town.url; }, ask: (verb) => place.town.ask(verb), stop: () => place.town.stop() };
  const firstDay = async (session: Session, worker = 'wang', pin: string = PIN) => {
    let state = await session.signIn(worker, PASSWORD);
    if (state.at === 'unregistered') state = await session.register((await town.ask<{ code: string }>({ do: 'code', worker })).code);
    at(state, 'pin');
    return at(await session.setPin(pin), 'open');
  };
  return { town, firstDay, phone: () => phoneOf(town) };
}

/** One phone: its disk, its line, a steady clock that can be moved on; `start` opens the app anew. */
function phoneOf(town: RealTown) {
  const indexedDB = new IDBFactory();
  const browser = browserOf(town);
  const time = { more: 0, days: 0 };
  const line: { broken?: Broken } = {};
  const clock = createClock({ wall: () => Date.now() + time.days * 86_400_000, steady: () => performance.now() + time.more });
  const fetching: typeof fetch = async (input, init) => line.broken?.(input as string) ?? browser.fetch(input, init);
  const transport = createTransport({ fetch: fetching });
  const finger = fingerOf();
  const start = () => createSession({ indexedDB, clock, transport, rounds, phoneLock: () => Promise.resolve(finger.lock) });
  return { indexedDB, time, line, finger, start, directory: () => openDirectory(indexedDB) };
}

/** The phone's own lock as WebAuthn's PRF gives it: a secret a credential, told while the finger `fits`. The browser's own is tried in tests/e2e. */
function fingerOf() {
  const secrets = new Map<string, Promise<CryptoKey>>();
  const finger = { fits: true, asked: 0, forget: () => secrets.clear() };
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const lock: PhoneLock = {
    able: () => Promise.resolve(true),
    make: () => {
      const id = crypto.getRandomValues(new Uint8Array(16));
      secrets.set(id.join(), crypto.subtle.generateKey(hmac, false, ['sign']));
      return Promise.resolve({ id, salt: crypto.getRandomValues(new Uint8Array(32)) });
    },
    ask: async ({ id, salt }) => {
      finger.asked += 1;
      const secret = finger.fits && (await secrets.get(id.join()));
      if (!secret) throw new StoreError('guard_refused');
      return new Uint8Array(await crypto.subtle.sign(hmac, secret, salt));
    },
  };
  return Object.assign(finger, { lock });
}

export function at<A extends SessionState['at']>(state: SessionState, wanted: A): Extract<SessionState, { at: A }> {
  if (state.at !== wanted) throw new Error(`the session is ${state.at}, not ${wanted}`);
  return state as Extract<SessionState, { at: A }>;
}

/** What opens her store, as it lies on disk. */
export const lockOf = async (directory: Promise<Directory>, worker: string) => (await (await directory).entry(worker))?.lock;

export const locked = (state: SessionState) => at(state, 'locked').people;

/** Codes of `n` wrong tries, each after any wait. */
export async function wrongTries(session: Session, time: { more: number }, worker: string, n: number) {
  const codes: string[] = [];
  for (let i = 0; i < n; i++) {
    await session.unlock(worker, WRONG).catch((error: { code: string }) => codes.push(error.code));
    time.more += 3_600_000;
  }
  return codes;
}
