import { expect, test } from 'vitest';
import { answer } from './answer';
import { BIG, fillLater } from './later';
import { fill, forgetOthers, shelfOf } from './shelf';

/** Cache Storage in memory: what the worker uses of it. */
function cupboard(): CacheStorage {
  const shelves = new Map<string, Map<string, Response>>();
  const open = (name: string) => {
    const files = shelves.get(name) ?? new Map<string, Response>();
    shelves.set(name, files);
    return Promise.resolve({
      put: (url: string, response: Response) => Promise.resolve(void files.set(url, response)),
      match: (url: string) => Promise.resolve(files.get(url)?.clone()),
    } as unknown as Cache);
  };
  const match = (url: string) => Promise.resolve([...shelves.values()].map((files) => files.get(url)).find(Boolean)?.clone());
  const forget = (name: string) => Promise.resolve(shelves.delete(name));
  return { open, match, delete: forget, keys: () => Promise.resolve([...shelves.keys()]) } as unknown as CacheStorage;
}

async function entry(url: string, content: string) {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content)));
  const sha256 = btoa(String.fromCharCode(...sum)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return { url, bytes: content.length, sha256 };
}
const page = await entry('/app/index.html', 'the page');
const list = [page, await entry('/app/assets/main-1.js', 'the script')];
const shelf = shelfOf('one');
const origin = 'https://town';
const site: Record<string, string> = { '/app/index.html': 'the page', '/app/assets/main-1.js': 'the script' };

function network(pages = site) {
  const asked: string[] = [];
  const get = ((url: string) => {
    asked.push(url);
    return Promise.resolve(url in pages ? new Response(pages[url], { headers: { 'content-security-policy': "default-src 'none'" } }) : new Response('', { status: 404 }));
  }) as typeof fetch;
  return { asked, get };
}

const request = (path: string, mode = 'no-cors', method = 'GET') => ({ url: origin + path, mode, method }) as Request;

async function filled() {
  const caches = cupboard();
  await fill(caches, shelf, list, network().get);
  return caches;
}

test('every address under /app/ opens the page without a network, with its policy', async () => {
  const caches = await filled();
  const response = await answer(caches, shelf, list, request('/app/people/3', 'navigate'), origin);
  expect(await response?.text()).toBe('the page');
  expect(response?.headers.get('content-security-policy')).toBe("default-src 'none'");
});

test('a file of the build comes from the shelf', async () => {
  const response = await answer(await filled(), shelf, list, request('/app/assets/main-1.js'), origin);
  expect(await response?.text()).toBe('the script');
});

test.each([
  ['/api/sync/pull?n=1', 'cors', 'GET'],
  ['/api/auth/login', 'cors', 'POST'],
  ['/C', 'navigate', 'GET'],
  ['/app/assets/unknown.js', 'no-cors', 'GET'],
  ['/app/index.html', 'navigate', 'POST'],
])('the worker leaves %s (%s %s) to the network', async (path, mode, method) => {
  expect(answer(await filled(), shelf, list, request(path, mode, method), origin)).toBeUndefined();
});

test('a file that is not the build\'s is refused and never shelved', async () => {
  const caches = cupboard();
  const poisoned = network({ ...site, '/app/assets/main-1.js': 'another script' });
  await expect(fill(caches, shelf, list, poisoned.get)).rejects.toThrow('not the file of this build');
  expect(await caches.match('/app/assets/main-1.js')).toBeUndefined();
});

test('after a broken line the next try asks only for what is missing', async () => {
  const caches = cupboard();
  const more = [...list, await entry('/app/assets/late-1.js', 'came late')];
  await expect(fill(caches, shelf, more, network().get)).rejects.toThrow('404');
  const line = network({ ...site, '/app/assets/late-1.js': 'came late' });
  await fill(caches, shelf, more, line.get);
  expect(line.asked).not.toContain('/app/assets/main-1.js');
});

test('a missing file stops the installation', async () => {
  await expect(fill(cupboard(), shelf, list, network({}).get)).rejects.toThrow('404');
});

test('a newer build fetches only what changed and the page with its policy, and the older shelf goes when it takes over', async () => {
  const caches = await filled();
  const newer = [page, await entry('/app/assets/main-2.js', 'new script')];
  const line = network({ ...site, '/app/assets/main-2.js': 'new script' });
  await fill(caches, shelfOf('two'), newer, line.get);
  expect(line.asked).toEqual(['/app/index.html', '/app/assets/main-2.js']);
  await caches.open('of-someone-else');
  await forgetOthers(caches, shelfOf('two'));
  expect(await caches.keys()).toEqual([shelfOf('two'), 'of-someone-else']);
});

test('a big file comes in parts, and a broken line is taken up where it broke', async () => {
  const caches = cupboard();
  const content = 'x'.repeat(BIG + 1000);
  const wasm = await entry('/app/assets/reader.wasm', content);
  const asked: string[] = [];
  const line = (most: number) => ((_: string, init: { headers: { range: string } }) => {
    if (asked.length >= most) return Promise.reject(new Error('broken'));
    asked.push(init.headers.range);
    const [from, to] = /(\d+)-(\d+)/.exec(init.headers.range)?.slice(1).map(Number) as [number, number];
    return Promise.resolve(new Response(content.slice(from, to + 1), { status: 206 }));
  }) as unknown as typeof fetch;
  await expect(fillLater(caches, shelf, [wasm], line(2))).rejects.toThrow('broken');
  await fillLater(caches, shelf, [wasm], line(99));
  expect(new Set(asked).size).toBe(asked.length);
  expect(await (await caches.match(wasm.url))?.text()).toBe(content);
});
