/** Empty, loading and trouble: each page has all three, in words that say what to do next. */
import type { ComponentChildren } from 'preact';
import type { Word } from '../i18n/words';
import { useT } from './app';
import { Icon, Note } from './signs';
import type { IconName } from './icons';

const W = {
  loading: ['正在打开…', 'Opening…'],
  trouble: ['这一页没打开', 'This page did not open'],
  safe: ['记好的都在手机里，没有丢。', 'What you recorded is on the phone; nothing is lost.'],
  again: ['再试一次', 'Try again'],
} as const satisfies Record<string, Word>;

export function Loading({ what }: { what?: string }) {
  const t = useT();
  return <p class="quiet" role="status"><Icon name="clock" /> {what ?? t(W.loading)}</p>;
}

export function Empty({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return <div class="quiet card pad"><Icon name={icon} /><div>{children}</div></div>;
}

export function Trouble({ code, again }: { code: string; again?: () => void }) {
  const t = useT();
  return (
    <div class="stack">
      <Note tone="late" icon="warn" role="alert"><b>{t(W.trouble)}</b><br />{t(W.safe)} <small class="soft">({code})</small></Note>
      {again ? <button class="btn" type="button" onClick={again}>{t(W.again)}</button> : null}
    </div>
  );
}
