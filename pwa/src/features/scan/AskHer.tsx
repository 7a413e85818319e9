/** One fact that she says herself; the record is not shown before it matches. */
import { useState } from 'preact/hooks';
import { useApp, useT } from '../../ui/app';
import { Note } from '../../ui/signs';
import { saidRight, type Holding } from './holders';
import { W } from './words';

const TRIES = 2;

export function AskHer({ holder }: { holder: Holding }) {
  const t = useT();
  const { router } = useApp();
  const [said, setSaid] = useState('');
  const [wrong, setWrong] = useState(0);
  const check = () => {
    if (saidRight(holder.person, said)) router.go(`/person/${holder.person.id}`);
    else setWrong(wrong + 1);
  };
  if (wrong > TRIES) return <Note tone="late" icon="warn" role="alert">{t(W.closed)}</Note>;
  return (
    <form class="stack" onSubmit={(e) => { e.preventDefault(); check(); }}>
      <label class="field"><span>{t(W.askYear)}</span><small class="hint">{t(W.askYearHint)}</small>
        <input name="year" inputMode="numeric" autocomplete="off" maxLength={4} value={said} onInput={(e) => setSaid(e.currentTarget.value)} />
      </label>
      {wrong > 0 ? <Note tone="late" icon="warn" role="alert">{t(W.wrongYear)}</Note> : null}
      <button class="btn main" type="submit">{t(W.open)}</button>
    </form>
  );
}
