/** A password of her own, with a network. */
import { useState } from 'preact/hooks';
import type { Word } from '../../i18n/words';
import type { Session } from '../../sync/session';
import { useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Note } from '../../ui/signs';

const W = {
  title: ['改密码', 'Change password'],
  old: ['现在的密码', 'Password now'],
  fresh: ['新密码', 'New password'],
  hint: ['至少 8 个字，别用名字和常见的词。', 'At least 8 characters; no name, no common word.'],
  change: ['改', 'Change it'],
  changing: ['正在改…', 'Changing…'],
  done: ['改好了，下次登录用新密码', 'Changed: use the new one when you next sign in'],
  wrong: ['现在的密码不对', 'The password now is not right'],
  weak: ['新密码太容易猜，换一个长的', 'The new password is too easy; take a longer one'],
} as const satisfies Record<string, Word>;

const SAID: Readonly<Record<string, Word>> = { wrong_password: W.wrong, weak_password: W.weak };

type State = { at: 'idle' } | { at: 'busy' } | { at: 'done' } | { at: 'refused'; code: string };

function Field({ label, hint, name, value, onInput }: { label: string; hint?: string; name: string; value: string; onInput: (value: string) => void }) {
  return (
    <label class="field"><span>{label}</span>{hint ? <small class="hint">{hint}</small> : null}
      <input type="password" name={name} autocomplete={name} required value={value} onInput={(e) => onInput(e.currentTarget.value)} />
    </label>
  );
}

export function Password({ session }: { session: Pick<Session, 'changePassword'> }) {
  const t = useT();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [state, setState] = useState<State>({ at: 'idle' });
  const submit = (e: Event): void => {
    e.preventDefault();
    setState({ at: 'busy' });
    session.changePassword(old, fresh).then(() => setState({ at: 'done' }), (error: unknown) => setState({ at: 'refused', code: codeOf(error) }));
  };
  return (
    <details><summary>{t(W.title)}</summary>
      <form class="stack" onSubmit={submit}>
        <Field label={t(W.old)} name="current-password" value={old} onInput={setOld} />
        <Field label={t(W.fresh)} hint={t(W.hint)} name="new-password" value={fresh} onInput={setFresh} />
        {state.at === 'done' ? <Note tone="ok" icon="tick" role="status">{t(W.done)}</Note> : null}
        {state.at === 'refused' ? <Note tone="late" icon="warn" role="alert">{SAID[state.code] ? t(SAID[state.code] as Word) : sayCode(t, state.code)}</Note> : null}
        <button class="btn" type="submit" disabled={state.at === 'busy'}>{t(state.at === 'busy' ? W.changing : W.change)}</button>
      </form>
    </details>
  );
}
