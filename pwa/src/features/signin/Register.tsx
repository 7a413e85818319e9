/** The desk's one-time code makes this phone one of the township's. */
import { useState } from 'preact/hooks';
import { useApp, useT } from '../../ui/app';
import type { Session } from '../../sync/session';
import { sayCode } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { Note } from '../../ui/signs';
import { Greeting, useAsk } from './SignIn';
import { W } from './words';

const WHY = { fork: W.codeAgainFork, store_emptied: W.codeAgainEmpty } as const;

export function Register({ session, name, why }: { session: Session; name: string; why?: 'new' | 'fork' | 'store_emptied' | undefined }) {
  const t = useT();
  const { router } = useApp();
  const [code, setCode] = useState('');
  const { busy, code: refusal, ask } = useAsk();
  const submit = (e: Event): void => {
    e.preventDefault();
    void ask(async () => {
      await session.register(code.trim());
      router.go('/', 'replace');
    });
  };
  return (
    <Page title={t(W.code)} sub={t(W.signedIn, { name })}>
      <Greeting />
      {why === 'fork' || why === 'store_emptied' ? <Note tone="late" icon="warn">{t(WHY[why])}</Note> : null}
      <form class="stack" onSubmit={submit}>
        <label class="field"><span>{t(W.codeField)}</span>
          <input class="code-in" name="code" autocomplete="one-time-code" autocapitalize="characters" spellcheck={false} required value={code} onInput={(e) => setCode(e.currentTarget.value)} />
        </label>
        <p class="small soft">{t(W.codeWhy)}</p>
        {refusal ? <Note tone="late" icon="warn" role="alert">{sayCode(t, refusal)}</Note> : null}
        <button class="btn main" type="submit" disabled={busy}>{t(busy ? W.registering : W.register)}</button>
      </form>
      <button class="btn bare" type="button" onClick={() => void ask(() => session.signOut())}>{t(W.other)}</button>
    </Page>
  );
}
