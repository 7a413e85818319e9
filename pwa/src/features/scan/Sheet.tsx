/** The code on a document of stock: once it is seen, the document opens. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isDocument } from '../../rules/document';
import { useApp, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { Link } from '../../ui/link';
import { Icon, Note } from '../../ui/signs';
import { Finder } from './Page';
import { createSignal } from './signal';
import { W } from './words';

export function SheetPage() {
  const t = useT();
  const { router } = useApp();
  const [opening, setOpening] = useState(0);
  const [wrong, setWrong] = useState(false);
  const found = useRef(false);
  const signal = useMemo(createSignal, []);
  useEffect(() => signal.end, [signal]);
  const look = (text: string): Promise<void> => {
    if (!isDocument(text)) setWrong(true);
    else if (!found.current) {
      found.current = true;
      signal.give(true);
      router.go(`/bag/take?d=${encodeURIComponent(text)}`, 'replace');
    }
    return Promise.resolve();
  };
  const foot = <div class="bar"><Link class="btn" to="/bag/take" replace><Icon name="key" />{t(W.sheetType)}</Link></div>;
  return (
    <Page title={t(W.sheetTitle)} sub={t(W.sheetSub)} parent="/bag" foot={foot}>
      <Finder look={look} onAgain={() => setOpening(opening + 1)} key={opening} />
      {wrong ? <Note tone="late" icon="warn" role="status">{t(W.sheetWrong)}</Note> : null}
    </Page>
  );
}
