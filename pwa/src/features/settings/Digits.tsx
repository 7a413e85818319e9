/** Six digits of her own, changed; the old ones first. Needs no network. */
import { useState } from 'preact/hooks';
import type { Word } from '../../i18n/words';
import type { Session } from '../../sync/session';
import { useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Note } from '../../ui/signs';

const W = {
  title: ['换 6 位数', 'Change the digits'],
  old: ['现在的 6 位数', 'The digits now'],
  fresh: ['新的 6 位数', 'New digits'],
  change: ['换', 'Change'],
  busy: ['正在换…', 'Changing…'],
  done: ['换好了，下次按新的', 'Changed; press the new ones next time'],
} as const satisfies Record<string, Word>;

interface FieldProps {
  label: string;
  value: string;
  onInput: (digits: string) => void;
}

function Field({ label, value, onInput }: FieldProps) {
  return (
    <label class="field"><span>{label}</span>
      <input type="password" inputmode="numeric" autocomplete="off" maxLength={6} required value={value} onInput={(e) => onInput(e.currentTarget.value)} />
    </label>
  );
}

type State = { at: 'idle' } | { at: 'busy' } | { at: 'done' } | { at: 'refused'; code: string };

export function Digits({ session }: { session: Pick<Session, 'changePin'> }) {
  const t = useT();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [state, setState] = useState<State>({ at: 'idle' });
  const submit = (e: Event): void => {
    e.preventDefault();
    setState({ at: 'busy' });
    session.changePin(old, fresh).then(
      () => { setState({ at: 'done' }); setOld(''); setFresh(''); },
      (error: unknown) => setState({ at: 'refused', code: codeOf(error) }),
    );
  };
  return (
    <details><summary>{t(W.title)}</summary>
      <form class="stack" onSubmit={submit}>
        <Field label={t(W.old)} value={old} onInput={setOld} />
        <Field label={t(W.fresh)} value={fresh} onInput={setFresh} />
        {state.at === 'done' ? <Note tone="ok" icon="tick" role="status">{t(W.done)}</Note> : null}
        {state.at === 'refused' ? <Note tone="late" icon="warn" role="alert">{sayCode(t, state.code)}</Note> : null}
        <button class="btn" type="submit" disabled={state.at === 'busy'}>{t(state.at === 'busy' ? W.busy : W.change)}</button>
      </form>
    </details>
  );
}
