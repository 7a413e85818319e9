/** An old certificate is read at her wish: its words stand here until the next card, and one word of it may be kept: seen. */
import { useState } from 'preact/hooks';
import { useApp, useOpen, useT } from '../../ui/app';
import { Icon } from '../../ui/signs';
import { Choose, type Her } from './Choose';
import { MOVING, withSeen } from './paper';
import { W } from './words';

export function Paper({ words }: { words: string }) {
  const t = useT();
  const { router } = useApp();
  const { store } = useOpen();
  const [asking, setAsking] = useState(false);
  const pick = async ({ person }: Her): Promise<void> => {
    const key = `form:${MOVING}:${person.id}`;
    await store.drafts.save(key, withSeen(store.drafts.load(key)));
    router.go(`/record/${person.id}/${MOVING}`);
  };
  if (asking) return <><h2>{t(W.paperWhose)}</h2><Choose onPick={(her) => void pick(her)} /></>;
  return (
    <section class="card result" role="status">
      <div class="flex"><Icon name="lost" /><h2>{t(W.paper)}</h2></div>
      <p><b>{words}</b></p>
      <p>{t(W.paperHint)}</p>
      <button class="btn" type="button" onClick={() => setAsking(true)}>{t(W.paperSeen)}</button>
    </section>
  );
}
