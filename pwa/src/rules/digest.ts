/** The fingerprint of an event: canonical JSON (a subset of RFC 8785) and a salted digest; the twin of server/rules/digest.py. */
import { isPlain, own, table } from './own';

const MAX_DEPTH = 32;
const OUTSIDE: readonly string[] = ['digest', 'dseq'];
const LONE = /[\ud800-\udfff]/u; // with the u flag only a surrogate without its other half
const ASCII = /^[\x00-\x7f]*$/;

/** The value cannot be written the same on both ends; `code` says why. */
export class NotCanonical extends Error {
  constructor(readonly code: 'float' | 'range' | 'text' | 'key' | 'depth' | 'kind') {
    super(code);
  }
}

/** The one way to write a value as JSON, in UTF-8; members that are undefined are left out, as JSON does. Throws `NotCanonical`. */
export const canonical = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(written(value, MAX_DEPTH));

function written(value: unknown, depth: number): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numeral(value);
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') throw new NotCanonical('kind');
  if (depth === 0) throw new NotCanonical('depth');
  if (Array.isArray(value)) return `[${value.map((inner: unknown) => written(inner, depth - 1)).join(',')}]`;
  if (!isPlain(value) || !isRecord(value)) throw new NotCanonical('kind');
  const keys = Object.keys(value).filter((key) => value[key] !== undefined).sort();
  return `{${keys.map((key) => `${name(key)}:${written(value[key], depth - 1)}`).join(',')}}`;
}

/** An object that is only its members: no Date, no Map, no bytes. */
function isRecord(value: object): boolean {
  const kind: unknown = Object.getPrototypeOf(value);
  return kind === null || kind === Object.prototype;
}

function numeral(value: number): string {
  if (!Number.isInteger(value)) throw new NotCanonical('float');
  if (!Number.isSafeInteger(value)) throw new NotCanonical('range');
  return String(value);
}

function quoted(value: string): string {
  if (LONE.test(value)) throw new NotCanonical('text');
  return JSON.stringify(value);
}

function name(key: string): string {
  if (!ASCII.test(key)) throw new NotCanonical('key');
  return JSON.stringify(key);
}

/** 16 bytes over the salt and the event without `digest`, `dseq` and the body's `salt`. Rejects with `NotCanonical`. */
export async function digest(salt: Uint8Array, event: object): Promise<Uint8Array<ArrayBuffer>> {
  const text = canonical(core(event));
  const all = new Uint8Array(salt.length + text.length);
  all.set(salt);
  all.set(text, salt.length);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all)).slice(0, 16);
}

function core(event: object): object {
  const kept = without(event, OUTSIDE);
  const body = own(kept, 'body');
  if (isPlain(body)) kept.body = without(body, ['salt']);
  return kept;
}

const without = (value: object, left: readonly string[]): { [key: string]: unknown } =>
  table((Object.entries(value) as [string, unknown][]).filter(([key]) => !left.includes(key)));
