/** Small things the desk's pages share. */
import type { ComponentChildren } from 'preact';
import { useT } from '../../ui/app';
import { sayCode } from '../../ui/codes';
import { useTitle } from '../../ui/frame';
import { Note } from '../../ui/signs';
import { Loading } from '../../ui/states';
import type { Answer } from './wire';
import { W } from './words';

export function Head({ title, sub, children }: { title: string; sub?: string | undefined; children?: ComponentChildren }) {
  const head = useTitle(title);
  return <header class="flex"><h1 class="grow" tabIndex={-1} ref={head}>{title} {sub ? <small>{sub}</small> : null}</h1>{children}</header>;
}

/** What was asked for, or that it is coming, or why it did not come. */
export function Asked<V>({ answer, again, children }: { answer: Answer<V>; again: () => void; children: (value: V) => ComponentChildren }) {
  const t = useT();
  if (answer.at === 'asking') return <Loading what={t(W.asking)} />;
  if (answer.at === 'here') return <>{children(answer.value)}</>;
  return (
    <Note tone="late" icon="warn" role="alert">
      <p>{t(W.failed, { why: sayCode(t, answer.code) })}</p><button class="btn" type="button" onClick={again}>{t(W.again)}</button>
    </Note>
  );
}
