/** How it looks, and whose phone this is today. */
import type { Signal } from '@preact/signals';
import type { Word } from '../../i18n/words';
import { useApp, useOpen, useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { Page } from '../../ui/frame';
import { EnterPractice, LeavePractice } from '../../ui/practice';
import { Icon, Note } from '../../ui/signs';

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
  version: ['版本 {v}', 'Version {v}'],
} as const satisfies Record<string, Word>;

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

function Mine({ onOut }: { onOut: () => void }) {
  const t = useT();
  const { store } = useOpen();
  const { unsent, persisted } = store.status.value;
  return (
    <>
      <h2>{t(W.villages)}</h2>
      <ul class="card">{store.worker.value.areas.map((area) => <li class="row slim" key={area.code}>{area.name}</li>)}</ul>
      {persisted === false ? <Note tone="late" icon="warn">{t(W.fleeting)}</Note> : null}
      {persisted === true ? <p class="small soft"><Icon name="check" /> {t(W.persisted)}</p> : null}
      <button class="btn" type="button" onClick={onOut}><Icon name="out" />{t(W.out)}</button>
      <p class="small soft">{t(W.outNote, { n: unsent })}</p>
    </>
  );
}

export function SettingsPage({ onOut }: { onOut: () => void }) {
  const t = useT();
  const { settings, practice } = useApp();
  const { store } = useOpen();
  return (
    <Page title={t(W.title)} sub={store.worker.value.name} parent="/">
      <Look legend={W.tongue} setting={settings.langChoice} words={{ zh: W.zh, en: W.en, auto: W.follow }} />
      <Look legend={W.size} setting={settings.size} words={{ '1': W.size1, '2': W.size2, '3': W.size3 }} />
      <Look legend={W.theme} setting={settings.theme} words={{ auto: W.follow, light: W.light, dark: W.dark }} />
      {practice.on.value ? <LeavePractice /> : <><EnterPractice /><Mine onOut={onOut} /></>}
      <p class="small soft">{t(W.version, { v: __BUILD__ })}</p>
    </Page>
  );
}
