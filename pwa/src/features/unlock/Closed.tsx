/** A store that six digits do not open now: how she gets back in, and what she can write down meanwhile. */
import { useState } from 'preact/hooks';
import type { Person, Session } from '../../sync/session';
import { useApp, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Note } from '../../ui/signs';
import { W } from './closedWords';

interface ClosedProps {
  session: Session;
  person: Person;
  /** Only where she said herself that she forgot. */
  onBack: () => void;
}

const TITLE = { pin: W.forgotTitle, over: W.overTitle, gone: W.goneTitle } as const;
const WHY = { pin: W.forgotWhy, over: W.over, gone: W.gone } as const;

export function Closed({ session, person, onBack }: ClosedProps) {
  const t = useT();
  const [writing, setWriting] = useState(false);
  const { door, worker } = person;
  if (writing) return <Jot session={session} worker={worker} onDone={() => setWriting(false)} />;
  const again = (): void => void (door === 'over' ? session.signOut() : session.forgot(worker));
  return (
    <section class="stack">
      <h2>{t(TITLE[door])}</h2>
      <p>{t(WHY[door])}</p>
      <button class="btn main" type="button" onClick={again}>{t(W.signIn)}</button>
      <button class="btn" type="button" onClick={() => setWriting(true)}>{t(W.jot)}</button>
      {door === 'pin' ? <button class="btn bare" type="button" onClick={onBack}>{t(W.cancel)}</button> : null}
    </section>
  );
}

/** Day, who and what in her own words: no list can be read now. */
function Jot({ session, worker, onDone }: { session: Session; worker: string; onDone: () => void }) {
  const t = useT();
  const { today } = useApp();
  const [note, setNote] = useState({ occurredOn: today.value, who: '', what: '' });
  const [said, setSaid] = useState<{ ok: boolean; code?: string } | null>(null);
  const save = async (e: Event): Promise<void> => {
    e.preventDefault();
    await session.jot(worker, note).then(
      () => { setSaid({ ok: true }); setNote({ occurredOn: today.value, who: '', what: '' }); },
      (error: unknown) => setSaid({ ok: false, code: codeOf(error) }),
    );
  };
  return (
    <form class="stack" onSubmit={(e) => void save(e)}>
      <h2>{t(W.jotTitle)}</h2>
      <p class="small soft">{t(W.jotWhy)}</p>
      <label class="field"><span>{t(W.jotDay)}</span><input type="date" name="day" required max={today.value} value={note.occurredOn} onInput={(e) => setNote({ ...note, occurredOn: e.currentTarget.value })} /></label>
      <label class="field"><span>{t(W.jotWho)}</span><input name="who" required autocomplete="off" maxLength={200} value={note.who} onInput={(e) => setNote({ ...note, who: e.currentTarget.value })} /></label>
      <label class="field"><span>{t(W.jotWhat)}</span><textarea name="what" required rows={4} maxLength={2000} value={note.what} onInput={(e) => setNote({ ...note, what: e.currentTarget.value })} /></label>
      {said ? <Note tone={said.ok ? 'ok' : 'late'} icon={said.ok ? 'tick' : 'warn'} role="status">{said.ok ? t(W.jotDone) : sayCode(t, said.code ?? '')}</Note> : null}
      <div class="pair"><button class="btn" type="button" onClick={onDone}>{t(W.cancel)}</button><button class="btn main" type="submit">{t(W.jotSave)}</button></div>
    </form>
  );
}
