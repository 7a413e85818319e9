import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { createPorch } from './porch';
import type { Session, SessionState } from './sync/session';

const hers = { worker: 'w', initial: '王', name: 'store', device: 'd', store: 's' };

test('her lock page is there before the store’s own files, without saying how much of hers waits', () => {
  const porch = createPorch(() => new Promise<Session>(() => undefined), [hers], 'w');
  expect(porch.state.value).toEqual({ at: 'locked', people: [{ worker: 'w', initial: '王', door: 'gone', failed: 0 }], chosen: 'w' });
});

test('her digits are tried only when what lies here was looked at, so that a wait after wrong ones stands', async () => {
  const done: string[] = [];
  const locked: SessionState = { at: 'locked', people: [] };
  const session = {
    state: signal<SessionState>({ at: 'starting' }),
    resume: () => Promise.resolve().then(() => { done.push('looked'); return locked; }),
    unlock: () => { done.push('tried'); return Promise.resolve(locked); },
  } as unknown as Session;
  const porch = createPorch(() => Promise.resolve(session), [hers], 'w');
  void porch.resume();
  await porch.unlock('w', '735194');
  expect(done).toEqual(['looked', 'tried']);
});
