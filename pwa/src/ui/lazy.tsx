/** A page that is fetched when it is first opened; all pages of the phone are in the precache, so this needs no network. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useT } from './app';
import { Opening } from './frame';
import { Trouble } from './states';

type Loaded<P> = { at: 'loading' } | { at: 'here'; Page: ComponentType<P> } | { at: 'failed' };

/** `Meanwhile` stands there while it is fetched: an opening page, or for a sheet nothing. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>, Meanwhile: ComponentType = Opening): ComponentType<P> {
  return function Lazy(props: P) {
    useT();
    const [state, setState] = useState<Loaded<P>>({ at: 'loading' });
    useEffect(() => {
      let wanted = true;
      load().then(
        (Page) => { if (wanted) setState({ at: 'here', Page }); },
        () => { if (wanted) setState({ at: 'failed' }); },
      );
      return () => { wanted = false; };
    }, []);
    if (state.at === 'here') return <state.Page {...props} />;
    if (state.at === 'loading') return <Meanwhile />;
    return <div class="phone"><main><Trouble code="page_missing" again={() => location.reload()} /></main></div>;
  };
}
