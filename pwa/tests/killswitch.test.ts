import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';

const source = readFileSync(new URL('../public/killswitch.js', import.meta.url), 'utf8');

/** A worker's world that says what was done to it; whatever is not here would throw. */
function world() {
  const done: string[] = [];
  const heard = new Map<string, (event: { waitUntil(work: Promise<unknown>): void }) => unknown>();
  const note = (text: string) => Promise.resolve(void done.push(text));
  const self = {
    addEventListener: (name: string, listener: () => unknown) => void heard.set(name, listener),
    skipWaiting: () => note('skip waiting'),
    caches: { keys: () => Promise.resolve(['suifang-app-1']), delete: (name: string) => note(`forget ${name}`) },
    registration: { unregister: () => note('unregister') },
    clients: { matchAll: () => Promise.resolve([{ url: '/app/', navigate: (url: string) => note(`load ${url}`) }]) },
  };
  return { self, done, heard };
}

test('the kill switch takes files and worker away, loads the windows anew and knows no database', async () => {
  const { self, done, heard } = world();
  new Function('self', source)(self);
  const work: Promise<unknown>[] = [];
  for (const name of ['install', 'activate']) heard.get(name)?.({ waitUntil: (task) => void work.push(task) });
  await Promise.all(work);
  expect(done).toEqual(['skip waiting', 'forget suifang-app-1', 'unregister', 'load /app/']);
  expect(source.replace(/\/\*[^]*?\*\//, '')).not.toMatch(/indexedDB/i);
});
