/** What lies on a phone's disk at this very moment, read past the store, and a safe whose seals this file can open. */
import { StoreError } from '../../src/store/api';
import type { MirrorState } from '../../src/store/core';
import type { OutRow } from '../../src/store/db';
import type { Doc } from '../../src/store/mirror';
import type { Vault } from '../../src/store/vault';

/** Sealed bytes say where they belong; opened elsewhere they are refused. The real safe has its own tests. */
export const glassVault: Vault = {
  seal(purpose, place, plain) {
    const head = label(purpose, place);
    const sealed = new Uint8Array(head.length + plain.length);
    sealed.set(head);
    sealed.set(plain, head.length);
    return Promise.resolve(sealed);
  },
  open(purpose, place, sealed) {
    const head = label(purpose, place);
    if (head.some((byte, i) => sealed[i] !== byte)) return Promise.reject(new StoreError('unreadable', place));
    return Promise.resolve(sealed.slice(head.length));
  },
};
const label = (purpose: string, place: string) => Buffer.from(`${purpose}\n${place}\n\n`);

/** What lies on a disk is never changed in place: a write puts other bytes there. So each box is opened once. */
const known = new WeakMap<Uint8Array, unknown>();
const opened = <T>(box: Uint8Array): T => {
  const bytes = Buffer.from(box.buffer, box.byteOffset, box.length);
  const value = known.get(box) ?? (JSON.parse(bytes.toString('utf8', bytes.indexOf('\n\n') + 2)) as unknown);
  known.set(box, value);
  return value as T;
};

interface Raw {
  _databases: Map<string, { rawObjectStores: Map<string, { records: { values(): Iterable<{ key: unknown; value: unknown }> } }> }>;
}

function rows<T>(factory: IDBFactory, name: string, table: string): { key: unknown; value: T }[] {
  const found = (factory as unknown as Raw)._databases.get(name)?.rawObjectStores.get(table);
  return found ? ([...found.records.values()] as { key: unknown; value: T }[]) : [];
}

export const outboxOf = (factory: IDBFactory, name: string): OutRow[] => rows<OutRow>(factory, name, 'outbox').map((row) => row.value);

export function mirrorOf(factory: IDBFactory, name: string): MirrorState {
  const row = rows<{ box: Uint8Array }>(factory, name, 'meta').find(({ key }) => key === 'mirror');
  return row ? opened<MirrorState>(row.value.box) : { epoch: null, cursor: null, feeds: {} };
}

/** Documents by feed, those of feeds that are not known any more left out. */
export function docsOf(factory: IDBFactory, name: string): Map<string, Doc[]> {
  const { feeds } = mirrorOf(factory, name);
  const byAlias = new Map(Object.entries(feeds).map(([f, feed]) => [feed.alias, f]));
  const docs = new Map<string, Doc[]>(Object.keys(feeds).map((f) => [f, []]));
  for (const { value } of rows<{ f: string; box: Uint8Array }>(factory, name, 'rows')) {
    docs.get(byAlias.get(value.f) ?? '')?.push(opened<Doc>(value.box));
  }
  return docs;
}

/** Values of drafts by key. */
export function draftsOf(factory: IDBFactory, name: string): Map<string, unknown> {
  const boxes = rows<{ box: Uint8Array }>(factory, name, 'drafts').map(({ value }) => opened<{ key: string; value: unknown }>(value.box));
  return new Map(boxes.map(({ key, value }) => [key, value]));
}
