/** The phone's page: what she reads above, what she does in the bottom third. */
import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Word } from '../i18n/words';
import { useApp, useT } from './app';
import { DrillBand } from './practice';
import { Icon } from './signs';
import { Loading } from './states';

const W = {
  app: ['随访', 'Suifang'],
  invented: ['试用：只用假数据', 'Trial: invented data only'],
  trial: ['试用', 'Trial'],
  back: ['返回', 'Back'],
} as const satisfies Record<string, Word>;

/** Stands on every screen until the store on the phone is a safe. */
export function Band() {
  const t = useT();
  if (useApp().practice.on.value) return <DrillBand />;
  return <aside class="band" aria-label={t(W.trial)}>{t(W.invented)}</aside>;
}

/** Names the page for the tab and the screen reader, and moves focus to it after a change of page. */
export function useTitle(title: string) {
  const t = useT();
  const { router } = useApp();
  const head = useRef<HTMLHeadingElement>(null);
  const path = router.place.value.path;
  const first = useRef(document.title === '');
  useEffect(() => { document.title = `${title} · ${t(W.app)}`; }, [title, t.lang]);
  useEffect(() => {
    if (!first.current) head.current?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
  return head;
}

export interface PageProps {
  title: string;
  sub?: ComponentChildren;
  /** Where back goes when this page was opened by its address. */
  parent?: string;
  /** Another way out than back, such as putting a visit aside. */
  leave?: { label: string; go: () => void };
  right?: ComponentChildren;
  under?: ComponentChildren;
  foot?: ComponentChildren;
  children: ComponentChildren;
}

function WayOut({ parent, leave }: Pick<PageProps, 'parent' | 'leave'>) {
  const t = useT();
  const { router } = useApp();
  if (leave) return <button class="btn bare" type="button" aria-label={leave.label} onClick={leave.go}><Icon name="close" /></button>;
  if (parent === undefined) return null;
  return (
    <a class="btn bare" href={router.href(parent)} aria-label={t(W.back)} onClick={(e) => { e.preventDefault(); router.back(parent); }}>
      <Icon name="back" />
    </a>
  );
}

export function Page({ title, sub, parent, leave, right, under, foot, children }: PageProps) {
  const head = useTitle(title);
  return (
    <div class="phone">
      <div class="upper">
        <Band />
        <header class={under ? 'top open' : 'top'}>
          <WayOut {...(parent === undefined ? {} : { parent })} {...(leave ? { leave } : {})} />
          <h1 class="grow" tabIndex={-1} ref={head}>{title}{sub ? <small>{sub}</small> : null}</h1>
          {right}
        </header>
        {under}
      </div>
      <main>{children}</main>
      {foot ? <footer class="foot">{foot}</footer> : null}
    </div>
  );
}

/** A whole page that is still coming. */
export function Opening() {
  const t = useT();
  return <div class="phone"><Band /><main><h1 class="sr">{t(W.app)}</h1><Loading /></main></div>;
}
