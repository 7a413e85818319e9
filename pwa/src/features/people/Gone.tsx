/** The person or household is not here: moved away, erased, or of another worker; or the store is still opening. */
import { useOpen, useT } from '../../ui/app';
import { Opening, Page } from '../../ui/frame';
import { Link } from '../../ui/link';
import { Empty } from '../../ui/states';
import { W } from './words';

export function Gone() {
  const t = useT();
  if (!useOpen().store.whole.value) return <Opening />;
  return <Page title={t(W.title)} parent="/people"><Empty icon="home"><b>{t(W.notHere)}</b><p>{t(W.notHereHint)}</p><Link class="btn" to="/people">{t(W.find)}</Link></Empty></Page>;
}
