/** A password of her own, with a network. */
import type { Word } from '../../i18n/words';
import type { Session } from '../../sync/session';
import { Secret } from './Secret';

const W = {
  title: ['改密码', 'Change password'],
  old: ['现在的密码', 'Password now'],
  fresh: ['新密码', 'New password'],
  hint: ['至少 8 个字，别用名字和常见的词。', 'At least 8 characters; no name, no common word.'],
  change: ['改', 'Change it'],
  busy: ['正在改…', 'Changing…'],
  done: ['改好了，下次登录用新密码', 'Changed: use the new one when you next sign in'],
} as const satisfies Record<string, Word>;

const SAID: Readonly<Record<string, Word>> = {
  wrong_password: ['现在的密码不对', 'The password now is not right'],
  weak_password: ['新密码太容易猜，换一个长的', 'The new password is too easy; take a longer one'],
};

export const Password = ({ session }: { session: Pick<Session, 'changePassword'> }) => (
  <Secret words={W} said={SAID} change={(old, fresh) => session.changePassword(old, fresh)} />
);
