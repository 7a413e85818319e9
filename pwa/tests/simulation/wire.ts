/** The line between a phone and the town, and everything that happens to requests and answers on the way. */
import type { Asked, Registered, Said, Town } from './town';

/**
 * lost: never arrives. answer_lost, slow: arrives, its answer does not. late: arrives only later, after newer ones. doubled:
 * arrives twice. cut, flipped: the answer is damaged; bent: the request is. portal, portal_json: a captive portal answers.
 * gateway: a proxy does. stale: an older answer to the same question. too_large, busy: the server says so. killed: the server
 * dies at it.
 */
export const FAULTS = [
  'lost', 'answer_lost', 'slow', 'late', 'doubled', 'cut', 'flipped', 'bent', 'portal', 'portal_json', 'gateway', 'stale', 'too_large', 'busy', 'killed',
] as const;
export type Fault = (typeof FAULTS)[number] | 'ok';

export interface Wire {
  fetchFor(phone: Registered): typeof fetch;
  expire(stop: () => void): () => void;
  /** what happens to the next requests, in order; after that all is well */
  faults: Fault[];
  /** whether a phone heard an answer that says which life of the server it is from */
  heard: boolean;
  /** what happened, in words */
  told: string[];
  /** requests that are still on their way */
  late: (() => Promise<unknown>)[];
  /** runs while a request is on its way */
  meanwhile?: () => Promise<void>;
  /** looks at every answer the town gives, whether it arrives or not */
  looks: (phone: Registered, path: string, said: Said) => Promise<void>;
}

export function createWire(town: Town, dieAfter: () => number): Wire {
  const older = new Map<string, Said>();
  const waiting = new Set<() => void>();
  const wire: Wire = {
    faults: [], told: [], late: [], heard: false,
    looks: () => Promise.resolve(),
    expire: (stop) => {
      waiting.add(stop);
      return () => waiting.delete(stop);
    },
    fetchFor: (phone) => async (input, init) => {
      const asked = askedOf(phone, input as string, init);
      const fault = wire.faults.shift() ?? 'ok';
      wire.told.push(`${asked.method === 'GET' ? 'asks' : 'sends'} ${kindOf(asked.path)}${WORDS[fault]}`);
      const work = wire.meanwhile;
      delete wire.meanwhile;
      if (fault === 'late') wire.late.push(() => ask(wire, phone, asked));
      const stopped = before(fault, waiting);
      if (stopped) return stopped;
      if (fault === 'killed') town.killAfter = dieAfter();
      if (fault === 'doubled') await ask(wire, phone, bent(fault, asked));
      const said = await ask(wire, phone, bent(fault, asked));
      await work?.();
      const key = `${phone.name} ${asked.path.replace(/[?&]ask=[^&]*/, '')}`;
      const earlier = older.get(key);
      if (!earlier) older.set(key, said);
      if (fault === 'ok' && said.status === 200 && /^\/api\/sync\/(push|pull)/.test(asked.path)) wire.heard = true;
      return after(fault, said, earlier, waiting);
    },
  };
  const ask = async (line: Wire, phone: Registered, asked: Asked) => {
    const said = await town.http(asked);
    await line.looks(phone, asked.path, said);
    return said;
  };
  return wire;
}

const kindOf = (path: string) => path.replace(/^\/api\/(sync\/)?/, '').replace(/[?/].*/, '');

function askedOf({ token }: Registered, path: string, init: RequestInit = {}): Asked {
  const body = init.body ? new Uint8Array(init.body as ArrayBuffer) : new Uint8Array(0);
  return { method: init.method ?? 'GET', path, headers: { ...(init.headers as { [name: string]: string }) }, body, token };
}

/** What keeps a request from the town, now or for good. */
function before(fault: Fault, waiting: Set<() => void>): Response | undefined {
  if (fault === 'lost') throw new TypeError('Failed to fetch');
  if (fault === 'portal') return page(200);
  if (fault === 'gateway') return page(502);
  if (fault === 'portal_json') return words(200, { success: true });
  if (fault === 'too_large') return words(413, { code: 'too_large', message: '' });
  if (fault === 'busy') return words(503, { code: 'busy', message: '' }, { 'retry-after': '7' });
  if (fault !== 'late') return undefined;
  for (const stop of waiting) stop();
  throw new TypeError('Failed to fetch');
}

/** One bit of the request is another. */
function bent(fault: Fault, asked: Asked): Asked {
  if (fault !== 'bent' || asked.body.length === 0) return asked;
  const body = asked.body.slice();
  const at = (body.length * 7) >> 3;
  body[at] = (body[at] ?? 0) ^ 1;
  return { ...asked, body };
}

function after(fault: Fault, said: Said, earlier: Said | undefined, waiting: Set<() => void>): Response {
  if (fault === 'slow') for (const stop of waiting) stop();
  if (fault === 'answer_lost' || fault === 'slow' || said.status === 0) throw new TypeError('Failed to fetch');
  const { status, headers, body } = fault === 'stale' ? (earlier ?? said) : said;
  const bytes = body.slice(0, fault === 'cut' ? body.length >> 1 : body.length);
  if (fault === 'flipped') bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  return new Response(status === 204 ? null : bytes, { status, headers });
}

const words = (status: number, value: object, headers = {}) => new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } });
const page = (status: number) => new Response('<html>Sign in to Wi-Fi</html>', { status, headers: { 'content-type': 'text/html' } });

const WORDS: { [fault in Fault]: string } = {
  ok: '', lost: ' (lost on the way)', answer_lost: ' (its answer is lost)', slow: ' (answered too late for the phone)', late: ' (stuck on the way)',
  doubled: ' (arrives twice)', cut: ' (half an answer)', flipped: ' (a bit of the answer flips)', bent: ' (a bit of the request flips)',
  portal: ' (a captive portal answers)', portal_json: ' (a captive portal answers in JSON)', gateway: ' (a proxy answers 502)',
  stale: ' (an old answer comes back)', too_large: ' (413)', busy: ' (503)', killed: ' (the server is killed at it)',
};
