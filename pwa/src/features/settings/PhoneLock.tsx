/** The phone's own lock beside her six digits: offered here and nowhere else, hidden where the phone has none to offer. */
import { useEffect, useState } from 'preact/hooks';
import type { Word } from '../../i18n/words';
import type { Session } from '../../sync/session';
import { useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Note } from '../../ui/signs';

const W = {
  title: ['再加手机的锁', 'The phone’s own lock as well'],
  titleOn: ['手机的锁：加上了', 'The phone’s own lock: on'],
  what: ['按完 6 位数，再用手机的指纹、人脸或锁屏验一下。别人把手机里的东西拷走，猜对数字也打不开。', 'After the digits the phone asks for finger, face or screen lock. Who copies the phone’s storage cannot open it, not even with the right digits.'],
  cost: ['不加也行，随时能去掉。以后手机的锁验不了，就在锁屏点“忘了”，连网登录重选：记下的都在，只有没记完的草稿会丢。', 'You need not; you can take it off again. If the phone’s lock ever fails, tap “Forgot” and sign in: what was recorded is kept, only an unfinished form is lost.'],
  digits: ['现在的 6 位数', 'The digits now'],
  add: ['加上', 'Add it'],
  off: ['去掉', 'Take it off'],
  busy: ['看手机上的提示…', 'Follow the phone…'],
  added: ['加上了，下次打开要验', 'Added: it is asked at the next opening'],
  gone: ['去掉了，只要 6 位数', 'Taken off: the digits are enough'],
  refused: ['手机没验上，没有改动', 'The phone did not confirm; nothing was changed'],
  absent: ['这台手机的锁给不了钥匙，没有改动', 'This phone’s lock gives no key; nothing was changed'],
} as const satisfies Record<string, Word>;

const SAID: Readonly<Record<string, Word>> = { guard_refused: W.refused, guard_absent: W.absent };

type Guard = Awaited<ReturnType<Session['guard']>>;
type Said = { ok: true } | { ok: false; code: string } | null;

export function PhoneLock({ session }: { session: Pick<Session, 'guard' | 'setGuard'> }) {
  const t = useT();
  const [guard, setGuard] = useState<Guard>('absent');
  const [said, setSaid] = useState<Said>(null);
  const [busy, setBusy] = useState(false);
  const [pin, setPin] = useState('');
  const look = (): Promise<void> => session.guard().then(setGuard, () => setGuard('absent'));
  useEffect(() => void look(), [session]);
  if (guard === 'absent') return null;
  const on = guard === 'on';
  const change = async (e: Event): Promise<void> => {
    e.preventDefault();
    setBusy(true);
    setSaid(null);
    setSaid(await session.setGuard(pin, !on).then(() => ({ ok: true }), (error: unknown) => ({ ok: false, code: codeOf(error) })));
    setPin('');
    await look();
    setBusy(false);
  };
  return (
    <details><summary>{t(on ? W.titleOn : W.title)}</summary>
      <form class="stack" onSubmit={(e) => void change(e)}>
        <p>{t(W.what)}</p>
        <p class="small soft">{t(W.cost)}</p>
        <label class="field"><span>{t(W.digits)}</span><input type="password" required inputmode="numeric" autocomplete="off" maxLength={6} value={pin} onInput={(e) => setPin(e.currentTarget.value)} /></label>
        {said ? <Note tone={said.ok ? 'ok' : 'late'} icon={said.ok ? 'tick' : 'warn'} role={said.ok ? 'status' : 'alert'}>{said.ok ? t(on ? W.added : W.gone) : SAID[said.code] ? t(SAID[said.code] as Word) : sayCode(t, said.code)}</Note> : null}
        <button class="btn" type="submit" disabled={busy}>{t(busy ? W.busy : on ? W.off : W.add)}</button>
      </form>
    </details>
  );
}
