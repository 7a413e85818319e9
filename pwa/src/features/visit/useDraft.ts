/** The draft of one visit: saved at every answer, there again after a kill at any field. */
import { useRef, useState } from 'preact/hooks';
import { local } from '../../i18n/days';
import type { Value } from '../../store/api';
import { useApp, useOpen } from '../../ui/app';
import type { Kind, VisitDraft } from './plan';

export interface Kept {
  readonly draft: VisitDraft;
  /** "9:41", once this change is on the disk */
  readonly savedAt: string | null;
  readonly change: (next: VisitDraft) => void;
  /** For a page that is shown again: what the draft says now. */
  readonly key: string;
}

export const draftKey = (kind: Kind, person: string): string => `${kind}:${person}`;

export function useDraft(key: string, fresh: () => VisitDraft): Kept {
  const { store } = useOpen();
  const { now } = useApp();
  const [draft, setDraft] = useState<VisitDraft>(() => (store.drafts.load(key) as unknown as VisitDraft | undefined) ?? fresh());
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const latest = useRef(draft);
  const change = (next: VisitDraft): void => {
    latest.current = next;
    setDraft(next);
    setSavedAt(null);
    const saved = store.drafts.save(key, next as unknown as Value);
    void saved.then(() => { if (latest.current === next) setSavedAt(local(now()).hour); }, () => undefined);
  };
  return { draft, savedAt, change, key };
}
