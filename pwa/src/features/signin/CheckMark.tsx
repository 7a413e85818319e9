/** Eight signs that stand on the slip as well: the phone talks to the township's server and to no other. */
import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../../sync/session';
import { useT } from '../../ui/app';
import { Note } from '../../ui/signs';
import { W } from './words';

/** null while it is being worked out; undefined when this phone keeps to no server's keys. */
export function useMark(session: Session, wanted: boolean): string | null | undefined {
  const [mark, setMark] = useState<string | null | undefined>(wanted ? null : undefined);
  useEffect(() => {
    if (wanted) void session.mark().then(setMark, () => setMark(undefined));
  }, [session, wanted]);
  return mark;
}

/** KEDQ JH5T: two halves are read more easily than eight signs. */
export const inHalves = (mark: string): string => `${mark.slice(0, 4)} ${mark.slice(4)}`;

export function CheckMark({ mark, onOther }: { mark: string; onOther: () => void }) {
  const t = useT();
  const [other, setOther] = useState(false);
  return (
    <section class="card pad stack" aria-label={t(W.mark)}>
      <p>{t(W.markWhy)}</p>
      <p class="code-out"><b>{inHalves(mark)}</b></p>
      {other ? (
        <Note tone="late" icon="warn" role="alert">
          <p>{t(W.differsHint)}</p><button class="btn" type="button" onClick={onOther}>{t(W.stopHere)}</button>
        </Note>
      ) : <button class="btn" type="button" onClick={() => setOther(true)}>{t(W.differs)}</button>}
    </section>
  );
}
