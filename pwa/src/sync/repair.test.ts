import { expect, test } from 'vitest';
import { repair } from './repair';

/** A browser that says what was taken away; it has no databases to touch. */
function browser(answer: () => Promise<Response>) {
  const done: string[] = [];
  const note = (text: string) => Promise.resolve(done.push(text) > 0);
  const win = {
    fetch: answer,
    caches: { keys: () => Promise.resolve(['suifang-app-1']), delete: (name: string) => note(`forget ${name}`) },
    navigator: { serviceWorker: { getRegistrations: () => Promise.resolve([{ unregister: () => note('unregister') }]) } },
    location: { reload: () => void note('reload') },
  };
  return { done, win: win as unknown as Parameters<typeof repair>[0] };
}
const script = () => Promise.resolve(new Response('x', { headers: { 'content-type': 'text/javascript' } }));
const portal = () => Promise.resolve(new Response('<html>', { headers: { 'content-type': 'text/html' } }));

test('a repair takes worker and files away and loads the page anew', async () => {
  const { done, win } = browser(script);
  await repair(win);
  expect(done).toEqual(['unregister', 'forget suifang-app-1', 'reload']);
});

test.each([['offline', () => Promise.reject(new TypeError('no line'))], ['captive_portal', portal]])('while the program cannot be had nothing goes: %s', async (code, answer) => {
  const { done, win } = browser(answer);
  await expect(repair(win)).rejects.toMatchObject({ code });
  expect(done).toEqual([]);
});
