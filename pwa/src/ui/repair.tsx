/** The way out when the program itself is broken; records are not touched by it. */
import { useState } from 'preact/hooks';
import type { Word } from '../i18n/words';
import { useT } from './app';
import { codeOf, sayCode } from './codes';
import { Note } from './signs';

const W = {
  repair: ['修一修随访', 'Repair the app'],
  why: ['打不开、卡住了才用。只重取程序，记好的、没发的都不动。要有网。', 'Only if it is stuck. It fetches the program anew and touches nothing you recorded. Needs a network.'],
} as const satisfies Record<string, Word>;

/** `repair` rejects with a code while there is no network. */
export function Repair({ repair }: { repair: () => Promise<void> }) {
  const t = useT();
  const [code, setCode] = useState<string | null>(null);
  const go = (): void => {
    setCode(null);
    repair().catch((error: unknown) => setCode(codeOf(error)));
  };
  return (
    <details><summary>{t(W.repair)}</summary>
      <div class="stack">
        <p>{t(W.why)}</p>
        {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
        <button class="btn" type="button" onClick={go}>{t(W.repair)}</button>
      </div>
    </details>
  );
}
