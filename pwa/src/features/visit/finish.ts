/** Her tap on "keep": the whole visit in one transaction, once; she is told as soon as the disk has it, and then Today is drawn. */
import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { useApp, useOpen } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { inputs, type VisitDraft, type Who } from './plan';

/** Kept: it lies on this phone's disk. */
export type Keeping = 'open' | 'busy' | 'kept';

export interface Finish {
  /** Of its own, so that only the button is drawn anew between her tap and the disk. */
  readonly keeping: ReadonlySignal<Keeping>;
  readonly code: string | null;
  readonly finish: (who: Who) => Promise<void>;
}

const LONGEST_MS = 200;
/** A disk that is quicker than this need not be waited for in words: drawing them would only hold it up. */
const BLINK_MS = 120;

/** Resolves when what was just changed stands on the glass; soon in any case, since a hidden page draws nothing. */
const drawn = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    setTimeout(resolve, LONGEST_MS);
  });

export function useFinish(draft: VisitDraft, key: string): Finish {
  const { store } = useOpen();
  const { router } = useApp();
  const keeping = useSignal<Keeping>('open');
  const [code, setCode] = useState<string | null>(null);
  const begun = useRef(false);
  const finish = async (who: Who): Promise<void> => {
    if (begun.current) return;
    begun.current = true;
    setCode(null);
    const late = setTimeout(() => { keeping.value = 'busy'; }, BLINK_MS);
    try {
      await store.recordAll(inputs(draft, who), key, async () => {
        clearTimeout(late);
        keeping.value = 'kept';
        await drawn();
        return () => router.go(`/?done=${who.person}`, 'replace');
      });
    } catch (error) {
      clearTimeout(late);
      begun.current = false;
      keeping.value = 'open';
      setCode(codeOf(error));
    }
  };
  return { keeping, code, finish };
}
