/** How the desk asks the server, and what every page of it may know. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Transport } from '../../sync/transport';
import { codeOf } from '../../ui/codes';
import type { Found, Me } from './shapes';

export type * from './shapes';
export type * from './staffShapes';

export interface Desk {
  readonly me: Me;
  readonly transport: Transport;
  /** The session has ended: ask for the password again, on the same page. */
  readonly ended: () => void;
  /** Letter and digit shortcuts, which a reader who speaks to the machine may switch off. */
  readonly shortcuts: boolean;
  readonly onShortcuts: (on: boolean) => void;
  /** Her last search, while the desk is open. */
  readonly found: Found;
  readonly onFound: (found: Found) => void;
  /** Count anew what waits for a decision. */
  readonly count: () => void;
}

const AtDesk = createContext<Desk | null>(null);
export const DeskProvider = AtDesk.Provider;

export function useDesk(): Desk {
  const desk = useContext(AtDesk);
  if (!desk) throw new Error('shown outside the desk');
  return desk;
}

export type Answer<V> = { at: 'asking' } | { at: 'here'; value: V } | { at: 'failed'; code: string };

/** Asks once for each address (null asks nothing) and again when told to; a late answer to an old question is dropped. */
export function useGet<V>(path: string | null): readonly [Answer<V>, () => void] {
  const { transport, ended } = useDesk();
  const [answer, setAnswer] = useState<Answer<V>>({ at: 'asking' });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === null) return undefined;
    let wanted = true;
    setAnswer((was) => (was.at === 'here' && turn > 0 ? was : { at: 'asking' }));
    transport.get<V>(path).then(
      (value) => { if (wanted) setAnswer({ at: 'here', value }); },
      (error: unknown) => {
        if (!wanted) return;
        const code = codeOf(error);
        if (code === 'not_signed_in') ended();
        setAnswer({ at: 'failed', code });
      },
    );
    return () => { wanted = false; };
  }, [path, turn]);
  return [answer, () => setTurn(turn + 1)];
}

/** An address with its questions; what is empty is left out. */
export function ask(path: string, questions: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(questions).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const text = new URLSearchParams(given).toString();
  return text ? `${path}?${text}` : path;
}
