/** A person's cards: what she holds, and taking a lost one out of use. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import type { Bundle, Person } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { Gone } from '../../ui/gone';
import { Link } from '../../ui/link';
import { Icon, Note } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { cardsOf, losing, type Holding } from './holders';
import { useNumber } from './useNumber';
import { W } from './words';

function Held({ card, onLost }: { card: Holding; onLost: () => void }) {
  const t = useT();
  const { today } = useApp();
  const number = useNumber(card.token);
  const [asking, setAsking] = useState(false);
  const until = card.record.answers.valid_to;
  return (
    <section class="card result">
      <h2 class="nb">{number}</h2>
      {typeof until === 'string' ? <p>{t(W.useTill, { day: sayDay(t, until, today.value) })}</p> : null}
      {asking ? (
        <><p role="status"><b>{t(W.stopSure, { number })}</b></p>
          <div class="pair even"><button class="btn" type="button" onClick={() => setAsking(false)}>{t(W.cancel)}</button><button class="btn main" type="button" onClick={onLost}>{t(W.stop)}</button></div></>
      ) : <button class="btn" type="button" onClick={() => setAsking(true)}>{t(W.isLost)}</button>}
    </section>
  );
}

function Cards({ bundle, person }: { bundle: Bundle; person: Person }) {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const [stopped, setStopped] = useState(false);
  const cards = cardsOf(bundle, person);
  const lost = async (card: Holding) => {
    await store.recordAll([losing(card, today.value)]);
    setStopped(true);
  };
  return (
    <Page title={t(W.hers, { name: person.name })} parent={`/person/${person.id}`}>
      {stopped ? <Note tone="ok" icon="tick" role="status">{t(W.stopped)}</Note> : null}
      {cards.map((card) => <Held card={card} onLost={() => void lost(card)} key={card.record.id} />)}
      {cards.length === 0 ? <>{stopped ? null : <Empty icon="scan"><b>{t(W.noneYet)}</b><p>{t(W.noneYetHint)}</p></Empty>}<Link class="btn main" to="/scan"><Icon name="scan" />{t(W.scanNew)}</Link></> : null}
    </Page>
  );
}

export function HersPage({ id }: { id: string }) {
  const { store } = useOpen();
  void store.bundles.value;
  const bundle = store.bundleOf(id);
  const person = bundle?.persons.find((p) => p.id === id);
  return bundle && person ? <Cards bundle={bundle} person={person} /> : <Gone />;
}
