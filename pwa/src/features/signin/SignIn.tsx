/** Once, with a network: who she is. */
import { useState } from 'preact/hooks';
import { useT } from '../../ui/app';
import type { Session } from '../../sync/session';
import { codeOf, sayCode } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { EnterPractice } from '../../ui/practice';
import { Note, Plate } from '../../ui/signs';
import { LangSwitch } from '../../ui/tongue';
import { W } from './words';

/** Busy, a refusal in words, and a guard against a second tap. */
export function useAsk() {
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const ask = async (work: () => Promise<unknown>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setCode(null);
    await work().catch((error: unknown) => setCode(codeOf(error)));
    setBusy(false);
  };
  return { busy, code, ask };
}

export function Greeting() {
  const t = useT();
  return <header class="flex sign-in"><Plate>随访</Plate><p class="grow soft">{t(W.offline)}</p><LangSwitch /></header>;
}

/** Covered, and open at her wish: a password typed blind is typed twice. */
function Password({ value, onInput }: { value: string; onInput: (value: string) => void }) {
  const t = useT();
  const [shown, setShown] = useState(false);
  const common = { name: 'password', autocomplete: 'current-password', autocapitalize: 'none', spellcheck: false, required: true, value } as const;
  return (
    <>
      <label class="field"><span>{t(W.password)}</span>
        {shown
          ? <input key="open" type="text" {...common} onInput={(e) => onInput(e.currentTarget.value)} />
          : <input key="shut" type="password" {...common} onInput={(e) => onInput(e.currentTarget.value)} />}
      </label>
      <label class="pick"><input type="checkbox" checked={shown} onChange={() => setShown(!shown)} /><span>{t(W.show)}</span></label>
    </>
  );
}

interface SignInProps {
  session: Session;
  last?: string | undefined;
  why?: 'forgot' | 'wiped' | undefined;
  /** others' stores lie here: the way back to their lock page */
  back?: true | undefined;
}

export function SignIn({ session, last, why, back }: SignInProps) {
  const t = useT();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, code, ask } = useAsk();
  const submit = (e: Event): void => {
    e.preventDefault();
    void ask(() => session.signIn(name.trim(), password));
  };
  return (
    <Page title={t(W.hello)}>
      <Greeting />
      {last ? <Note tone="ok" icon="tick">{t(W.kept, { name: last })}</Note> : null}
      {why ? <Note tone={why === 'wiped' ? 'late' : ''} icon={why === 'wiped' ? 'warn' : 'lost'}>{t(W[why])}</Note> : null}
      <form class="stack" onSubmit={submit}>
        <label class="field"><span>{t(W.name)}</span>
          <input name="username" autocomplete="username" autocapitalize="none" spellcheck={false} required value={name} onInput={(e) => setName(e.currentTarget.value)} />
        </label>
        <Password value={password} onInput={setPassword} />
        {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
        <button class="btn main" type="submit" disabled={busy}>{t(busy ? W.entering : W.enter)}</button>
      </form>
      {back ? <button class="btn" type="button" onClick={() => void session.back()}>{t(W.back)}</button> : <p class="small soft">{t(W.once)}</p>}
      <EnterPractice />
    </Page>
  );
}
