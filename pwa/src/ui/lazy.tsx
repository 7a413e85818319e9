/** A page that is fetched when it is first opened; all pages of the phone are in the precache, so this needs no network. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useT } from './app';
import { Opening } from './frame';
import { Trouble } from './states';

/** `early` fetches it before it is shown. */
export type LazyPage<P> = ComponentType<P> & { early(): Promise<unknown> };

type Loaded<P> = { at: 'loading' } | { at: 'here'; Page: ComponentType<P> } | { at: 'failed' };

/** `Meanwhile` stands there while it is fetched: an opening page, or for a sheet nothing. Once fetched, it stands there at once. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>, Meanwhile: ComponentType = Opening): LazyPage<P> {
  const came: { Page?: ComponentType<P> } = {};
  const early = async (): Promise<ComponentType<P>> => (came.Page = await load());
  function Lazy(props: P) {
    useT();
    const [state, setState] = useState<Loaded<P>>(came.Page ? { at: 'here', Page: came.Page } : { at: 'loading' });
    useEffect(() => {
      let wanted = !came.Page;
      if (wanted) early().then(
        (Page) => { if (wanted) setState({ at: 'here', Page }); },
        () => { if (wanted) setState({ at: 'failed' }); },
      );
      return () => { wanted = false; };
    }, []);
    if (state.at === 'here') return <state.Page {...props} />;
    if (state.at === 'loading') return <Meanwhile />;
    return <div class="phone"><main><Trouble code="page_missing" again={() => location.reload()} /></main></div>;
  }
  return Object.assign(Lazy, { early });
}
