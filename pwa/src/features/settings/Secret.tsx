/** What only she knows, changed: the old one first, then the new one. */
import { useState } from 'preact/hooks';
import type { Word } from '../../i18n/words';
import { useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Note } from '../../ui/signs';

interface SecretProps {
  words: Readonly<Record<'title' | 'old' | 'fresh' | 'change' | 'busy' | 'done', Word>> & { hint?: Word };
  /** Rejects with a code; `said` has words of its own for some. */
  change: (old: string, fresh: string) => Promise<unknown>;
  said?: Readonly<Record<string, Word>>;
  digits?: boolean;
}

type State = { at: 'idle' } | { at: 'busy' } | { at: 'done' } | { at: 'refused'; code: string };

export function Secret({ words, change, said = {}, digits = false }: SecretProps) {
  const t = useT();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [state, setState] = useState<State>({ at: 'idle' });
  const submit = (e: Event): void => {
    e.preventDefault();
    setState({ at: 'busy' });
    change(old, fresh).then(
      () => { setState({ at: 'done' }); setOld(''); setFresh(''); },
      (error: unknown) => setState({ at: 'refused', code: codeOf(error) }),
    );
  };
  const kind = (name: string) => (digits ? { inputmode: 'numeric' as const, autocomplete: 'off', maxLength: 6 } : { name, autocomplete: name });
  const field = (label: Word, name: string, value: string, set: (value: string) => void, hint?: Word) => (
    <label class="field"><span>{t(label)}</span>{hint ? <small class="hint">{t(hint)}</small> : null}
      <input type="password" required {...kind(name)} value={value} onInput={(e) => set(e.currentTarget.value)} />
    </label>
  );
  const own = state.at === 'refused' ? said[state.code] : undefined;
  return (
    <details><summary>{t(words.title)}</summary>
      <form class="stack" onSubmit={submit}>
        {field(words.old, 'current-password', old, setOld)}
        {field(words.fresh, 'new-password', fresh, setFresh, words.hint)}
        {state.at === 'done' ? <Note tone="ok" icon="tick" role="status">{t(words.done)}</Note> : null}
        {state.at === 'refused' ? <Note tone="late" icon="warn" role="alert">{own ? t(own) : sayCode(t, state.code)}</Note> : null}
        <button class="btn" type="submit" disabled={state.at === 'busy'}>{t(state.at === 'busy' ? words.busy : words.change)}</button>
      </form>
    </details>
  );
}
