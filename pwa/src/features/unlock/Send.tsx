/** Everybody's unsent rows, sealed as they lie: sent without opening, or saved as a file for the station. */
import { useEffect, useState } from 'preact/hooks';
import type { Person, Session } from '../../sync/session';
import { useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Icon, Note } from '../../ui/signs';
import { W } from './words';

type State = { at: 'idle' } | { at: 'busy' } | { at: 'saved' } | { at: 'sent'; n: number } | { at: 'stopped'; code: string };

/** A file in the phone's downloads. */
function hand(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'suifang-outbox.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function Send({ session, people }: { session: Session; people: readonly Person[] }) {
  const t = useT();
  const [state, setState] = useState<State>({ at: 'idle' });
  const unsent = people.reduce((n, person) => n + (person.unsent ?? 0), 0);
  const send = async (): Promise<void> => {
    setState({ at: 'busy' });
    await session.deliver().then(({ sent }) => setState({ at: 'sent', n: sent }), (error: unknown) => setState({ at: 'stopped', code: codeOf(error) }));
  };
  const save = async (): Promise<void> => {
    const file = await session.parcel();
    if (file) hand(file);
    setState({ at: file ? 'saved' : 'idle' });
  };
  // Coming to this page is a contact with the town, too: quietly, and not while there surely is no network.
  useEffect(() => { if (navigator.onLine) void session.deliver().catch(() => undefined); }, []);
  if (unsent === 0 && state.at !== 'sent') return null;
  return (
    <>
      {unsent > 0 ? <button class="btn" type="button" disabled={state.at === 'busy'} onClick={() => void send()}><Icon name="send" />{t(state.at === 'busy' ? W.delivering : W.deliver, { n: unsent })}</button> : null}
      {state.at === 'stopped' && unsent > 0 ? <button class="btn bare" type="button" onClick={() => void save()}>{t(W.save)}</button> : null}
      {state.at === 'saved' ? <Note tone="ok" icon="tick" role="status">{t(W.saved)}</Note> : null}
      {state.at === 'sent' ? <Note tone="ok" icon="tick" role="status">{t(W.delivered, { n: state.n })}</Note> : null}
      {state.at === 'stopped' ? <Note tone="late" icon="warn" role="alert">{sayCode(t, state.code)}</Note> : null}
    </>
  );
}
