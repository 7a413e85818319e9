/** JSON values sealed to the place they lie at, and back. */
import { json, parse, type Bytes } from './bytes';
import type { Vault } from './vault';

/** Rejects `unreadable`. */
export async function openJson<T>(vault: Vault, purpose: string, place: string, box: Uint8Array): Promise<T> {
  return parse<T>(await vault.open(purpose, place, box));
}

export function sealJson(vault: Vault, purpose: string, place: string, value: unknown): Promise<Bytes> {
  return vault.seal(purpose, place, json(value));
}

export type Turn = <T>(task: () => Promise<T>) => Promise<T>;

/** Runs tasks one after another, in the order they were asked; one that fails does not stop the next. */
export function createTurn(): Turn {
  const line = { tail: Promise.resolve() as Promise<unknown> };
  return (task) => {
    const mine = line.tail.then(task, task);
    line.tail = mine.catch(() => undefined);
    return mine;
  };
}
