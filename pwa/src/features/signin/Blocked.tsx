import { useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { Repair } from '../../ui/repair';
import { Note } from '../../ui/signs';
import { W } from './blockedWords';

/** Another window holds the store in an older form; nothing is lost, it only has to close. */
export function Blocked() {
  const t = useT();
  return (
    <Page title={t(W.blockedTitle)}>
      <Note tone="late" icon="warn" role="alert">{t(W.blocked)}</Note>
      <button class="btn main" type="button" onClick={() => location.reload()}>{t(W.again)}</button>
      <Repair repair={() => import('../../sync/repair').then((m) => m.repair(window))} />
    </Page>
  );
}
