/** As much of IndexedDB as a store asks for, with promises. What cannot even be asked throws at once. */

/** name of a table → what its keys and rows are */
type Shape<T> = { [Name in keyof T]: { key: IDBValidKey; value: unknown } };
type Key<T extends Shape<T>, N extends keyof T> = T[N]['key'] | IDBKeyRange;

export interface Table<T extends Shape<T>, N extends keyof T> {
  get(key: Key<T, N>): Promise<T[N]['value'] | undefined>;
  getAll(range?: IDBKeyRange, most?: number): Promise<T[N]['value'][]>;
  getKey(key: Key<T, N>): Promise<IDBValidKey | undefined>;
  put(value: T[N]['value'], key?: IDBValidKey): Promise<IDBValidKey>;
  add(value: T[N]['value']): Promise<IDBValidKey>;
  delete(key: Key<T, N>): Promise<undefined>;
}
export interface Tx<T extends Shape<T>> {
  objectStore<N extends keyof T & string>(name: N): Table<T, N>;
  commit(): void;
  abort(): void;
  /** Resolves when it is on disk, as surely as was asked for; rejects with what ended it. */
  readonly done: Promise<void>;
}
export interface Db<T extends Shape<T>> {
  transaction(tables: readonly (keyof T & string)[], mode?: IDBTransactionMode, options?: IDBTransactionOptions): Tx<T>;
  /** A table by itself, to read from. */
  table<N extends keyof T & string>(name: N): Table<T, N>;
  close(): void;
}

export const asked = <R>(request: IDBRequest<R>): Promise<R> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('closed'));
  });

export function dbOver<T extends Shape<T>>(db: IDBDatabase): Db<T> {
  const transaction: Db<T>['transaction'] = (tables, mode, options) => txOver(db.transaction([...tables], mode, options));
  return { transaction, table: (name) => transaction([name]).objectStore(name), close: () => db.close() };
}

function txOver<T extends Shape<T>>(tx: IDBTransaction): Tx<T> {
  const done = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new DOMException('', 'AbortError'));
  });
  // Whoever waits for what it asks hears of it there.
  done.catch(() => undefined);
  return { objectStore: (name) => tableOver(tx.objectStore(name)), commit: () => tx.commit(), abort: () => tx.abort(), done };
}

function tableOver<T extends Shape<T>, N extends keyof T>(table: IDBObjectStore): Table<T, N> {
  return {
    get: (key) => asked(table.get(key)),
    getAll: (range, most) => asked(table.getAll(range, most)),
    getKey: (key) => asked(table.getKey(key)),
    put: (value, key) => asked(table.put(value, key)),
    add: (value) => asked(table.add(value)),
    delete: (key) => asked(table.delete(key)),
  };
}
