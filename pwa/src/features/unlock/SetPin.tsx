/** Six digits of her own, pressed twice. */
import { useState } from 'preact/hooks';
import { weakness } from '../../store/pins';
import type { Session } from '../../sync/session';
import { useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { Note } from '../../ui/signs';
import { Keypad } from './Keypad';
import { W } from './pinWords';

export function SetPin({ session, name, onSet }: { session: Session; name: string; onSet: () => void }) {
  const t = useT();
  const [first, setFirst] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const done = (pin: string): void => {
    const weak = first === null ? weakness(pin) : null;
    setSaid(weak ? sayCode(t, weak) : first !== null && first !== pin ? t(W.pinDiffers) : null);
    if (first === null) setFirst(weak ? null : pin);
    else if (first !== pin) setFirst(null);
    else void keep(pin);
  };
  const keep = async (pin: string): Promise<void> => {
    setBusy(true);
    await session.setPin(pin).then(onSet, (error: unknown) => { setSaid(sayCode(t, codeOf(error))); setBusy(false); });
  };
  return (
    <div class="lockpage">
      <Page title={t(first === null ? W.pinTitle : W.pinAgain)} sub={name}>
        <p>{t(W.pinWhy)}</p>
        <Keypad rests={busy} onDone={done} />
        {busy ? <p class="small" role="status">{t(W.making)}</p> : null}
        {said ? <Note tone="late" icon="warn" role="alert">{said}</Note> : null}
        <p class="small soft">{t(W.pinKeep)}</p>
      </Page>
    </div>
  );
}
