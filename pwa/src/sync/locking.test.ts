import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { createClock } from '../clock';
import { openDirectory } from '../store/directory';
import { lockedOr } from './locking';
import type { Me, SessionState } from './me';

/** A phone with one worker's store, standing on the lock page. */
async function atTheLockPage() {
  const indexedDB = new IDBFactory();
  const directory = await openDirectory(indexedDB);
  await directory.setEntry({ worker: 'w', initial: '王', name: 'store', device: 'd', store: 's' });
  const was: SessionState = { at: 'locked', people: [] };
  const me = { indexedDB, directory, clock: createClock(), waits: new Map(), state: signal<SessionState>(was) } as unknown as Me;
  return { me, was };
}

test('who waits is counted anew on the lock page', async () => {
  const { me, was } = await atTheLockPage();
  await lockedOr(me, () => was, undefined, was);
  expect(me.state.value).toMatchObject({ at: 'locked', people: [{ worker: 'w', unsent: 0 }] });
});

test('a count that comes late brings nobody back who has gone on to sign in', async () => {
  const { me, was } = await atTheLockPage();
  const counting = lockedOr(me, () => was, undefined, was);
  me.state.value = { at: 'signed_out' };
  await counting;
  expect(me.state.value).toEqual({ at: 'signed_out' });
});
