/** How it looks, and whose phone this is today. */
import type { Signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { Word } from '../../i18n/words';
import type { Session } from '../../sync/session';
import { useApp, useOpen, useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { Page } from '../../ui/frame';
import { EnterPractice, LeavePractice } from '../../ui/practice';
import { Repair } from '../../ui/repair';
import { lazy } from '../../ui/lazy';
import { Icon, Note } from '../../ui/signs';
import { Digits } from './Digits';
import { OtherDays } from './OtherDays';
import { Password } from './Password';

const PhoneLock = lazy(() => import('./PhoneLock').then((m) => m.PhoneLock), () => null);

const W = {
  title: ['我和这台手机', 'Me and this phone'],
  tongue: ['用什么话', 'Language'],
  zh: ['中文', '中文'],
  en: ['English', 'English'],
  follow: ['跟手机', 'As the phone'],
  size: ['字的大小', 'Size of type'],
  size1: ['正常', 'Normal'],
  size2: ['大', 'Large'],
  size3: ['更大', 'Larger'],
  theme: ['亮还是暗', 'Light or dark'],
  light: ['亮', 'Light'],
  dark: ['暗', 'Dark'],
  villages: ['管的村', 'Villages'],
  out: ['退出登录', 'Sign out'],
  outNote: ['退出不会删东西。还没发的 {n} 条留在手机里，登录后接着发。', 'Signing out deletes nothing. {n} unsent {n|record stays|records stay} on the phone.'],
  persisted: ['手机答应不清掉随访记的', 'The phone keeps Suifang’s data safe'],
  fleeting: ['手机快满的时候，浏览器可能把记的清掉。常发，别攒着。', 'If storage runs short the browser may clear data. Send often.'],
  mark: ['核对码 {mark}，和纸条上的一样', 'Check mark {mark}, as on the slip'],
  lock: ['现在锁上', 'Lock now'],
  install: ['装到桌面', 'Put it on the home screen'],
  installHint: ['像别的应用一样，一点就开，没网也能开。', 'Opens with one tap like any app, without a network too.'],
  version: ['版本 {v}', 'Version {v}'],
} as const satisfies Record<string, Word>;

interface SettingsProps {
  session: Session;
  onOut: () => void;
}

interface LookProps<C extends string> {
  legend: Word;
  setting: Signal<C>;
  words: Readonly<Record<C, Word>>;
}

function Look<C extends string>({ legend, setting, words }: LookProps<C>) {
  const t = useT();
  const { settings } = useApp();
  const pick = (code: string): void => {
    setting.value = code as C;
    settings.keep();
  };
  const choices = (Object.keys(words) as C[]).map((code) => ({ code, label: t(words[code]) }));
  return <PickOne legend={t(legend)} choices={choices} value={setting.value} onPick={pick} />;
}

/** Offered here and nowhere else: nobody is asked while she works. */
function Install() {
  const t = useT();
  const install = useApp().install.value;
  if (!install) return null;
  return <><button class="btn" type="button" onClick={install}><Icon name="mobile" />{t(W.install)}</button><p class="small soft">{t(W.installHint)}</p></>;
}

function CheckMark({ session }: { session: Session }) {
  const t = useT();
  const [mark, setMark] = useState<string | undefined>(undefined);
  useEffect(() => { void session.mark().then(setMark, () => undefined); }, [session]);
  return mark ? <p class="small soft">{t(W.mark, { mark: `${mark.slice(0, 4)} ${mark.slice(4)}` })}</p> : null;
}

function Mine({ session, onOut }: SettingsProps) {
  const t = useT();
  const { store } = useOpen();
  const { unsent, persisted } = store.status.value;
  return (
    <>
      <h2>{t(W.villages)}</h2>
      <ul class="card">{store.worker.value.areas.map((area) => <li class="row slim" key={area.code}>{area.name}</li>)}</ul>
      <Install />
      <EnterPractice />
      <OtherDays />
      <Password session={session} />
      <Digits session={session} />
      <PhoneLock session={session} />
      <Repair repair={() => import('../../sync/repair').then((m) => m.repair(window))} />
      {persisted === false ? <Note tone="late" icon="warn">{t(W.fleeting)}</Note> : null}
      {persisted === true ? <p class="small soft"><Icon name="check" /> {t(W.persisted)}</p> : null}
      <CheckMark session={session} />
      <button class="btn" type="button" onClick={() => void session.lock()}>{t(W.lock)}</button>
      <button class="btn" type="button" onClick={onOut}><Icon name="out" />{t(W.out)}</button>
      <p class="small soft">{t(W.outNote, { n: unsent })}</p>
    </>
  );
}

export function SettingsPage(props: SettingsProps) {
  const t = useT();
  const { settings, practice } = useApp();
  const { store } = useOpen();
  return (
    <Page title={t(W.title)} sub={store.worker.value.name} parent="/">
      <Look legend={W.tongue} setting={settings.langChoice} words={{ zh: W.zh, en: W.en, auto: W.follow }} />
      <Look legend={W.size} setting={settings.size} words={{ '1': W.size1, '2': W.size2, '3': W.size3 }} />
      <Look legend={W.theme} setting={settings.theme} words={{ auto: W.follow, light: W.light, dark: W.dark }} />
      {practice.on.value ? <LeavePractice /> : <Mine {...props} />}
      <p class="small soft">{t(W.version, { v: __BUILD__ })}</p>
    </Page>
  );
}
