/** Whose store is to open, and the six digits that open it. Nothing about anybody in it is known here. */
import { useEffect, useState } from 'preact/hooks';
import type { Person, Session } from '../../sync/session';
import { useApp, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { lazy } from '../../ui/lazy';
import { Icon, Mark, Note } from '../../ui/signs';
import { Keypad } from './Keypad';
import { Send } from './Send';
import { W } from './words';

const TRIES = 10;
const Closed = lazy(() => import('./Closed').then((m) => m.Closed), () => null);

function Larger() {
  const t = useT();
  const { settings } = useApp();
  const grow = (): void => {
    settings.size.value = settings.size.value === '1' ? '2' : settings.size.value === '2' ? '3' : '1';
    settings.keep();
  };
  return <button class="btn bare" type="button" onClick={grow}><Icon name="type" />{t(W.bigger)}</button>;
}

function Who({ people, chosen, onChoose }: { people: readonly Person[]; chosen: string; onChoose: (worker: string) => void }) {
  const t = useT();
  return (
    <div class="who" role="radiogroup" aria-label={t(W.people)}>
      {people.map(({ worker, initial, unsent }) => (
        <label key={worker}>
          <input type="radio" name="who" value={worker} checked={worker === chosen} onChange={() => onChoose(worker)} />
          <span><b>{initial}</b><small class={unsent === undefined ? 'nb unseen' : 'nb'}><Mark at={unsent ? 'here' : 'town'} /> {unsent ? t(W.unsent, { n: unsent }) : t(W.allSent)}</small></span>
        </label>
      ))}
    </div>
  );
}

/** Seconds until the next try counts, counted down. */
function useWait(session: Session, worker: string): number {
  const [, look] = useState(0);
  const seconds = Math.ceil(session.waitFor(worker) / 1000);
  useEffect(() => {
    if (seconds === 0) return undefined;
    const timer = setTimeout(() => look((n) => n + 1), 1000);
    return () => clearTimeout(timer);
  });
  return seconds;
}

/** One try at a time. */
function useTry(session: Session, worker: string) {
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const attempt = async (pin: string): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setCode(null);
    await session.unlock(worker, pin).catch((error: unknown) => setCode(codeOf(error)));
    setBusy(false);
  };
  useEffect(() => setCode(null), [worker]);
  return { busy, code, attempt };
}

function Digits({ session, person, onForgot }: { session: Session; person: Person; onForgot: () => void }) {
  const t = useT();
  const { busy, code, attempt } = useTry(session, person.worker);
  const seconds = useWait(session, person.worker);
  const left = <button class="btn bare" type="button" onClick={onForgot}>{t(W.forgot)}</button>;
  const wrong = code === 'wrong_pin' || code === 'pin_wait';
  return (
    <>
      <Keypad rests={busy || seconds > 0} onDone={(pin) => void attempt(pin)} left={left} />
      {busy ? <p class="small" role="status">{t(W.opening)}</p> : null}
      {code && !wrong ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
      {wrong && !busy ? <Note tone="late" icon="warn" role="alert">{t(W.wrong, { n: TRIES - person.failed })}</Note> : null}
      {seconds > 0 ? <p class="small nb" role="timer">{t(W.wait, { n: seconds })}</p> : null}
      {person.daysLeft === undefined ? null : <Note tone="late" icon="clock">{t(W.soon, { n: person.daysLeft })}</Note>}
    </>
  );
}

export function LockPage({ session, people, chosen }: { session: Session; people: readonly Person[]; chosen: string | undefined }) {
  const t = useT();
  const [picked, setPicked] = useState(chosen);
  const [forgot, setForgot] = useState(false);
  const person = people.find(({ worker }) => worker === picked) ?? people[0];
  const choose = (worker: string): void => { setPicked(worker); setForgot(false); };
  if (!person) return null;
  return (
    <div class="lockpage">
      <Page title={t(W.who)} sub={t(W.offline)} right={<Larger />}>
        <Who people={people} chosen={person.worker} onChoose={choose} />
        {person.door === 'pin' && !forgot
          ? <Digits session={session} person={person} onForgot={() => setForgot(true)} key={person.worker} />
          : <Closed session={session} person={person} onBack={() => setForgot(false)} key={person.worker} />}
        <Send session={session} people={people} />
        {person.door === 'pin' ? <p class="small soft">{t(W.rule)}</p> : null}
        <button class="btn bare" type="button" onClick={() => void session.signOut()}>{t(W.newcomer)}</button>
      </Page>
    </div>
  );
}
