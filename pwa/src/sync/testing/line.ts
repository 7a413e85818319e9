/** The line between a phone and the model town: real requests and responses, and everything that happens to them on the way. */
import { type PushBody, Refusal } from './state';
import type { Town } from './town';

/**
 * lost: never arrives. answer_lost: arrives, the answer does not. cut: half an answer. flipped: one bit of it changed.
 * portal: a portal's page with status 200. gateway: a proxy's 502 page. stale: the first answer to this very address again.
 * too_large, busy: the server says so. slow: the phone gives up waiting, the server did not.
 */
export type Fault = 'ok' | 'lost' | 'answer_lost' | 'cut' | 'flipped' | 'portal' | 'gateway' | 'stale' | 'too_large' | 'busy' | 'slow';
export const FAULTS: Fault[] = ['lost', 'answer_lost', 'cut', 'flipped', 'portal', 'gateway', 'stale', 'too_large', 'busy', 'slow'];

export interface Line {
  fetch: typeof fetch;
  /** what happens to the next requests, in order; after that all is well */
  faults: Fault[];
  asked: string[];
  /** the phone's patience: ends when a `slow` fault comes up */
  expire(stop: () => void): () => void;
}

export function lineTo(town: Town): Line {
  const older = new Map<string, Response>();
  const waiting = new Set<() => void>();
  const line: Line = {
    faults: [],
    asked: [],
    expire: (stop) => {
      waiting.add(stop);
      return () => waiting.delete(stop);
    },
    fetch: async (input, init) => {
      const path = input as string;
      const fault = line.faults.shift() ?? 'ok';
      const kind = path.replace(/\?.*/, '');
      line.asked.push(kind);
      const stopped = before(fault);
      if (stopped) return stopped;
      const answer = await serve(town, path, init);
      const address = path.replace(/[?&]ask=[^&]*/, '');
      const earlier = init?.method === 'GET' ? older.get(address) : undefined;
      if (!earlier) older.set(address, answer.clone());
      for (const stop of fault === 'slow' ? waiting : []) stop();
      return damage(fault, answer, earlier);
    },
  };
  return line;
}

/** What keeps a request from the town. */
function before(fault: Fault): Promise<Response> | Response | undefined {
  if (fault === 'lost') throw new TypeError('Failed to fetch');
  if (fault === 'portal') return page(200);
  if (fault === 'gateway') return page(502);
  if (fault === 'too_large') return said(413, { code: 'too_large', message: '' });
  return fault === 'busy' ? said(503, { code: 'busy', message: '' }, { 'retry-after': '7' }) : undefined;
}

async function damage(fault: Fault, answer: Response, earlier: Response | undefined): Promise<Response> {
  if (fault === 'answer_lost' || fault === 'slow') throw new TypeError('Failed to fetch');
  if (fault === 'stale') return earlier?.clone() ?? answer;
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (fault === 'flipped') bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  return new Response(fault === 'cut' ? bytes.slice(0, bytes.length >> 1) : bytes, { status: answer.status, headers: answer.headers });
}

async function serve(town: Town, path: string, init?: RequestInit): Promise<Response> {
  const url = new URL(path, 'http://town');
  try {
    return await said(200, await route(town, url, init), { 'suifang-asked': url.searchParams.get('ask') ?? '' });
  } catch (error) {
    if (error instanceof Refusal) return said(error.status, { code: error.code, message: '' });
    throw error;
  }
}

async function route(town: Town, url: URL, init?: RequestInit): Promise<unknown> {
  const chunk = /^\/api\/sync\/snapshots\/([^/]+)\/(\d+)\/(\d+)$/.exec(url.pathname);
  if (chunk) return town.chunk(decodeURIComponent(chunk[1] ?? ''), Number(chunk[2]), Number(chunk[3]));
  if (url.pathname === '/api/sync/pull') {
    const again = url.searchParams.get('again')?.split(',') ?? [];
    return town.pull(url.searchParams.get('c'), again);
  }
  if (url.pathname === '/api/sync/push') return town.push(await bodyOf(init));
  if (url.pathname === '/api/sync/workers') return { names: town.named(url.searchParams.get('ids') ?? '') };
  if (url.pathname.endsWith('/stores')) return { store: 's', have: town.top, top: town.top };
  throw new Refusal(404, 'not_found');
}

async function bodyOf(init?: RequestInit): Promise<PushBody> {
  const zipped = (init?.headers as Record<string, string> | undefined)?.['content-encoding'] === 'gzip';
  const sent = new Response(init?.body ?? null);
  const plain = zipped && sent.body ? new Response(sent.body.pipeThrough(new DecompressionStream('gzip'))) : sent;
  return (await plain.json()) as PushBody;
}

async function said(status: number, value: unknown, more: Record<string, string> = {}): Promise<Response> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const digest = `sha-256=:${btoa(String.fromCharCode(...sum))}:`;
  return new Response(bytes, { status, headers: { 'content-type': 'application/json', 'content-digest': digest, ...more } });
}

const page = (status: number) => new Response('<html>Sign in to Wi-Fi</html>', { status, headers: { 'content-type': 'text/html' } });
