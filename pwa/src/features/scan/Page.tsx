/** Cards that are held out to her: next, next, next; one screen says what each is. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Word } from '../../i18n/words';
import { judge, type Verdict } from '../../rules/card';
import { isDocument } from '../../rules/document';
import { useApp, useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { Link } from '../../ui/link';
import { Icon, Note } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { countOf, countOne, keepScan } from './count';
import { holders, lostCards } from './holders';
import { paperText } from './paper';
import { Result } from './Result';
import { createSignal } from './signal';
import { useCamera, type Why } from './useCamera';
import { W } from './words';

/** The same card before the camera is told once; held out again later it is told as seen. */
const SAME_MS = 4000;

/** Drawn twice, dark under light: seen on a white card and on a dark table. */
const CORNERS = 'M3 25V12a9 9 0 0 1 9-9h13M75 3h13a9 9 0 0 1 9 9v13M97 75v13a9 9 0 0 1-9 9H75M25 97H12a9 9 0 0 1-9-9V75';

interface Seen {
  readonly verdict: Verdict;
  readonly before: boolean;
  /** Of what is no card of ours: its words, if it has any. */
  readonly paper: string | null;
}

function useScans() {
  const { today, now, router } = useApp();
  const { store } = useOpen();
  const [seen, setSeen] = useState<Seen | null>(null);
  const [n, setN] = useState(() => countOf(store.drafts, today.value));
  const last = useRef<{ text: string; at: number }>({ text: '', at: 0 });
  const known = useRef(new Set<string>());
  const signal = useMemo(createSignal, []);
  useEffect(() => signal.end, [signal]);
  const look = async (text: string) => {
    const list = store.cards.value;
    const same = last.current.text === text && now() - last.current.at < SAME_MS;
    last.current = { text, at: now() };
    if (same || !list) return;
    if (isDocument(text)) return router.go(`/bag/take?d=${encodeURIComponent(text)}`);
    const verdict = seenHere(await judge(text, list, today.value), lostCards(store.bundles.value.values()));
    signal.give(verdict.at === 'genuine');
    const id = 'card' in verdict ? verdict.card.id : '';
    setSeen({ verdict, before: id !== '' && known.current.has(id), paper: verdict.at === 'not_ours' ? paperText(text) : null });
    if (id) {
      known.current.add(id);
      await keepScan(store.drafts, id, now());
    }
    setN(await countOne(store.drafts, today.value));
  };
  const next = () => {
    last.current = { text: '', at: 0 };
    setSeen(null);
  };
  return { seen, n, look, next };
}

/** A card that was told lost on this phone is out of use, though the list does not say so yet. */
function seenHere(verdict: Verdict, lost: ReadonlySet<string>): Verdict {
  return 'card' in verdict && lost.has(verdict.card.id) ? { at: 'revoked', card: verdict.card } : verdict;
}

const STOPPED: Readonly<Record<Why, readonly [head: Word, hint: Word]>> = {
  camera: [W.noCamera, W.noCameraHint],
  reader: [W.noReader, W.noReaderHint],
  coming: [W.coming, W.comingHint],
};

function Stopped({ why, onAgain }: { why: Why; onAgain: () => void }) {
  const t = useT();
  const [head, hint] = STOPPED[why];
  const again = why === 'reader' ? null : <button class="btn" type="button" onClick={onAgain}>{t(W.tryAgain)}</button>;
  return <Empty icon="scan"><b role="alert">{t(head)}</b><p>{t(hint)}</p>{again}</Empty>;
}

export function Finder({ look, onAgain }: { look: (text: string) => Promise<void>; onAgain: () => void }) {
  const t = useT();
  const { video, camera, light } = useCamera((text) => void look(text));
  if (camera.at === 'stopped') return <Stopped why={camera.why} onAgain={onAgain} />;
  return (
    <div class="cam">
      <video ref={video} aria-label={t(W.picture)} muted playsInline />
      <svg class="finder" viewBox="0 0 100 100" aria-hidden="true"><path d={CORNERS} /><path d={CORNERS} /></svg>
      {camera.at === 'seeing' && camera.light !== null ? (
        <button class="btn torch" type="button" aria-pressed={camera.light} onClick={() => void light(!camera.light)}><Icon name="torch" />{t(camera.light ? W.dark : W.light)}</button>
      ) : null}
      <p class="tip" role="status">{t(camera.at === 'starting' ? W.starting : W.aim)}</p>
    </div>
  );
}

export function ScanPage() {
  const t = useT();
  const { store } = useOpen();
  const { seen, n, look, next } = useScans();
  const bundles = store.bundles.value;
  const known = useMemo(() => holders(bundles.values()), [bundles]);
  const list = store.cards.value;
  const [opening, setOpening] = useState(0);
  const foot = (
    <>
      {seen ? <div class="bar"><button class="btn main" type="button" onClick={next}><Icon name="scan" />{t(W.next)}</button></div>
        : <div class="bar"><Link class="btn" to="/scan/number"><Icon name="key" />{t(W.type)}</Link></div>}
      <Tabs on="scan" />
    </>
  );
  return (
    <Page title={t(W.title)} sub={t(W.count, { n })} foot={foot}>
      {seen?.before ? <Note tone="late" icon="clock" role="status">{t(W.again)}</Note> : null}
      {!list ? <Empty icon="scan"><b>{t(W.noList)}</b><p>{t(W.noListHint)}</p><Link class="btn" to="/sync">{t(W.toSync)}</Link></Empty>
        : seen ? <Result verdict={seen.verdict} holder={'card' in seen.verdict ? known.get(seen.verdict.card.id) : undefined} list={list} paper={seen.paper} />
          : <Finder look={look} onAgain={() => setOpening(opening + 1)} key={opening} />}
    </Page>
  );
}
