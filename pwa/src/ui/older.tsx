/** Said where a draft goes on in the form as it was when she began, after an update brought another version of it. */
import type { Word } from '../i18n/words';
import { useT } from './app';
import { Note } from './signs';

const W = {
  older: ['这张表后来改过。这一张照你开始时的样子写完。', 'This form has changed since. Yours goes on as it was when you began.'],
} as const satisfies Record<string, Word>;

export function Older() {
  const t = useT();
  return <Note icon="clock">{t(W.older)}</Note>;
}
