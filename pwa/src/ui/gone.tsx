/** Who or what an address names is not on this phone: moved away, erased, of another worker; or the store is still opening. */
import type { Word } from '../i18n/words';
import { useOpen, useT } from './app';
import { Opening, Page } from './frame';
import { Link } from './link';
import { Empty } from './states';

const W = {
  title: ['不在这台手机上', 'Not on this phone'],
  why: ['可能搬走了，或者要求删掉了记录。', 'Moved away perhaps, or the records were erased on request.'],
  find: ['去找人', 'Find someone'],
} as const satisfies Record<string, Word>;

export function Gone() {
  const t = useT();
  if (!useOpen().store.whole.value) return <Opening />;
  return <Page title={t(W.title)} parent="/people"><Empty icon="people"><p>{t(W.why)}</p><Link class="btn" to="/people">{t(W.find)}</Link></Empty></Page>;
}
