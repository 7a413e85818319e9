/** The marks of practice: a striped band on every screen, and the way back to the real village. */
import type { Word } from '../i18n/words';
import { useApp, useT } from './app';

const W = {
  drill: ['练习', 'Practice'],
  fake: ['练习：这是假的村子，什么都不会发出去', 'Practice: an invented village; nothing is sent'],
  real: ['回真的村子', 'Back to the real village'],
  enter: ['先练一练', 'Practise first'],
  about: ['在假村子里随便试，不会发出去；走了就清掉。', 'Try anything in an invented village; nothing is sent, and it is cleared when you leave.'],
} as const satisfies Record<string, Word>;

export function DrillBand() {
  const t = useT();
  return <aside class="drill" aria-label={t(W.drill)}>{t(W.fake)}</aside>;
}

export function LeavePractice() {
  const t = useT();
  const { practice } = useApp();
  return <button class="btn" type="button" onClick={() => void practice.leave()}>{t(W.real)}</button>;
}

export function EnterPractice() {
  const t = useT();
  const { practice } = useApp();
  return (
    <>
      <button class="btn" type="button" onClick={() => void practice.enter()}>{t(W.enter)}</button>
      <p class="small soft">{t(W.about)}</p>
    </>
  );
}
