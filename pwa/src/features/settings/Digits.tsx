/** Six digits of her own, changed; the old ones first. Needs no network. */
import type { Word } from '../../i18n/words';
import type { Session } from '../../sync/session';
import { Secret } from './Secret';

const W = {
  title: ['换 6 位数', 'Change the digits'],
  old: ['现在的 6 位数', 'The digits now'],
  fresh: ['新的 6 位数', 'New digits'],
  change: ['换', 'Change'],
  busy: ['正在换…', 'Changing…'],
  done: ['换好了，下次按新的', 'Changed; press the new ones next time'],
} as const satisfies Record<string, Word>;

export const Digits = ({ session }: { session: Pick<Session, 'changePin'> }) => (
  <Secret words={W} digits change={(old, fresh) => session.changePin(old, fresh)} />
);
