/**
 * The only fetch of the app. An answer is believed when it is whole: right type, digest of its bytes, JSON.
 * What a captive portal, a proxy or a cut line makes of it becomes a code, never data.
 */
import { b64, randomBytes } from '../store/bytes';

/**
 * `retryAfter` in ms, where the server named one. Codes: `StopCode` in store/api. `asleep`: "<phone> <challenge>", what
 * the phone's key is to sign (waking.ts); to whom has no such key her session is over.
 */
export class SyncError extends Error {
  constructor(
    readonly code: string,
    readonly status = 0,
    readonly retryAfter?: number,
    readonly asleep?: string | null,
  ) {
    super(code);
    this.name = 'SyncError';
  }
}

export interface Transport {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
}
/** A line that needs no session: the phone signs what it sends, byte for byte. */
export interface SignedLine {
  send(path: string, body: unknown, sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<Record<string, string>>): Promise<unknown>;
}
export interface TransportSetup {
  fetch?: typeof fetch;
  /** Calls `stop` when an answer has taken too long; returns how to call that off. */
  expire?: (stop: () => void) => () => void;
}

const PATIENCE_MS = 60_000;
const GZIP_FROM_BYTES = 600;

function afterAMinute(stop: () => void): () => void {
  const timer = setTimeout(stop, PATIENCE_MS);
  return () => clearTimeout(timer);
}

export function createTransport({ fetch: go = (...args) => fetch(...args), expire = afterAMinute }: TransportSetup = {}): Transport & SignedLine {
  const ask = async <T>(path: string, init: RequestInit): Promise<T> => {
    const mark = isBound(path) ? b64(randomBytes(6)) : undefined;
    const stop = new AbortController();
    const callOff = expire(() => stop.abort());
    const plain: RequestInit = { credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal: stop.signal };
    try {
      const response = await go(mark === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}ask=${mark}`, { ...plain, ...init, headers: { ...HEADERS, ...(init.headers as Record<string, string>) } });
      return (await read(response, mark)) as T;
    } catch (error) {
      throw error instanceof SyncError ? error : new SyncError(stop.signal.aborted ? 'timed_out' : 'offline');
    } finally {
      callOff();
    }
  };
  return {
    get: (path) => ask(path, { method: 'GET' }),
    post: async (path, body = {}) => ask(path, { method: 'POST', ...(await packed(body, isBound(path))) }),
    send: async (path, body, sign) => {
      const { headers, body: bytes } = await packed(body);
      return ask(path, { method: 'POST', credentials: 'omit', headers: { ...headers, ...(await sign(bytes)) }, body: bytes });
    },
  };
}

const HEADERS = { accept: 'application/json', 'x-suifang': '1', 'sync-protocol': '1' };

/**
 * What sync says goes both ways with a digest of its bytes before any coding of the line (RFC 9530), and each question has a
 * mark that its answer repeats: an older one, which a proxy kept, tells nothing of how things are now.
 */
const isBound = (path: string): boolean => path.startsWith('/api/sync/');

async function packed(body: unknown, bound = false): Promise<{ headers: Record<string, string>; body: Uint8Array<ArrayBuffer> }> {
  const plain = new TextEncoder().encode(JSON.stringify(body));
  const type = { 'content-type': 'application/json', ...(bound ? { 'content-digest': `sha-256=:${await digestOf(plain)}:` } : {}) };
  if (plain.length < GZIP_FROM_BYTES || typeof CompressionStream === 'undefined') return { headers: type, body: plain };
  const zipped = new Response(new Blob([plain]).stream().pipeThrough(new CompressionStream('gzip')));
  return { headers: { ...type, 'content-encoding': 'gzip' }, body: new Uint8Array(await zipped.arrayBuffer()) };
}

/** The answer's JSON. With `mark` the server promises a digest of the bytes; one that repeats no mark knows of none. */
async function read(response: Response, mark: string | undefined): Promise<unknown> {
  if (response.type === 'opaqueredirect') throw new SyncError('captive_portal', response.status);
  if (mark !== undefined && (response.headers.get('suifang-asked') ?? mark) !== mark) throw new SyncError('bad_answer', response.status);
  if (!/^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '')) throw foreign(response);
  const bytes = await response.arrayBuffer().catch(() => Promise.reject(new SyncError('cut_off', response.status)));
  if (mark !== undefined && response.ok) await checkDigest(response.headers.get('content-digest'), bytes);
  const value = parsed(bytes);
  if (response.ok) return value;
  const asleep = response.headers.get('suifang-asleep');
  const code = asleep ? 'not_signed_in' : (value as { code?: unknown } | null)?.code;
  throw new SyncError(typeof code === 'string' ? code : 'server_error', response.status, retryAfter(response), asleep);
}

/** Not our server's words: a portal's page, a proxy's error. */
function foreign(response: Response): SyncError {
  const portal = response.ok || response.status === 511;
  const code = portal ? 'captive_portal' : response.status >= 500 ? 'bad_gateway' : 'wrong_type';
  return new SyncError(code, response.status, retryAfter(response));
}

async function checkDigest(header: string | null, bytes: ArrayBuffer): Promise<void> {
  const given = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec(header ?? '')?.[1];
  if (given !== (await digestOf(bytes))) throw new SyncError('bad_digest');
}

async function digestOf(bytes: BufferSource): Promise<string> {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
}

function parsed(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new SyncError('bad_json');
  }
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
