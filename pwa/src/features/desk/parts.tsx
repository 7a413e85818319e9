/** Small things the desk's pages share. */
import type { ComponentChildren } from 'preact';
import { useT } from '../../ui/app';
import { useTitle } from '../../ui/frame';
import { Note } from '../../ui/signs';
import { Loading } from '../../ui/states';
import { sayDeskCode } from './deskCodes';
import { HelpButton } from './Help';
import type { HelpName } from './helpWords';
import type { Answer } from './wire';
import { W } from './words';

interface HeadProps {
  title: string;
  sub?: string | undefined;
  help: HelpName;
  children?: ComponentChildren;
}

export function Head({ title, sub, help, children }: HeadProps) {
  const head = useTitle(title);
  return <header class="flex head"><h1 class="grow" tabIndex={-1} ref={head}>{title} {sub ? <small>{sub}</small> : null}</h1>{children}<HelpButton name={help} /></header>;
}

/** What was asked for, or that it is coming, or why it did not come. */
export function Asked<V>({ answer, again, children }: { answer: Answer<V>; again: () => void; children: (value: V) => ComponentChildren }) {
  const t = useT();
  if (answer.at === 'asking') return <Loading what={t(W.asking)} />;
  if (answer.at === 'here') return <>{children(answer.value)}</>;
  return (
    <Note tone="late" icon="warn" role="alert">
      <p>{t(W.failed, { why: sayDeskCode(t, answer.code) })}</p><button class="btn" type="button" onClick={again}>{t(W.again)}</button>
    </Note>
  );
}
