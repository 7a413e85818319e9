/** What a colleague is called: me, her name, or her role while the town has not told her name. */
import type { T, Word } from '../i18n/words';
import { useOpen, useT } from './app';
import { sayRole } from './record';

const W = { me: ['我', 'me'] } as const satisfies Record<string, Word>;

export type Names = { readonly [worker: string]: string | undefined };

export const sayColleague = (t: T, names: Names, me: string, author: string, role: string): string =>
  author === me ? t(W.me) : names[author] || sayRole(t, role);

export function useWho(): (author: string, role: string) => string {
  const t = useT();
  const { store } = useOpen();
  const [names, me] = [store.names.value, store.worker.value.id];
  return (author, role) => sayColleague(t, names, me, author, role);
}
