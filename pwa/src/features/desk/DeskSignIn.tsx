import { useState } from 'preact/hooks';
import type { Transport } from '../../sync/transport';
import { useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { Note } from '../../ui/signs';
import { LangSwitch } from '../../ui/tongue';
import type { Me } from './wire';
import { W } from './words';

/** The clerk's sign-in; it opens a session of the browser and registers nothing. */
export function DeskSignIn({ transport, onIn }: { transport: Transport; onIn: (me: Me) => void }) {
  const t = useT();
  const [username, setName] = useState('');
  const [password, setPassword] = useState('');
  const [state, setState] = useState<{ busy: boolean; code: string | null }>({ busy: false, code: null });
  const submit = (e: Event): void => {
    e.preventDefault();
    setState({ busy: true, code: null });
    transport.post<{ worker: Me }>('/api/auth/login', { username: username.trim(), password })
      .then(({ worker }) => onIn(worker), (error: unknown) => setState({ busy: false, code: codeOf(error) }));
  };
  return (
    <Page title={t(W.signIn)} right={<LangSwitch />}>
      <form class="stack" onSubmit={submit}>
        <label class="field"><span>{t(W.name)}</span><input name="username" autocomplete="username" autocapitalize="none" spellcheck={false} required value={username} onInput={(e) => setName(e.currentTarget.value)} /></label>
        <label class="field"><span>{t(W.password)}</span><input name="password" type="password" autocomplete="current-password" required value={password} onInput={(e) => setPassword(e.currentTarget.value)} /></label>
        {state.code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, state.code)}</Note> : null}
        <button class="btn main" type="submit" disabled={state.busy}>{t(state.busy ? W.entering : W.enter)}</button>
      </form>
    </Page>
  );
}
