/** Our own small router over the browser's history: deep links work offline, back does what a phone user expects. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { createCovers } from './covers';

export interface Place {
  /** Below the base, always with a leading slash: "/person/0190…". */
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface Router {
  readonly place: ReadonlySignal<Place>;
  /** The address of a path, for a real link that can be copied or opened in a new tab. */
  href(to: string): string;
  /** `replace` leaves no way back to this page; `here` only notes the address, without moving. */
  go(to: string, how?: 'push' | 'replace' | 'here'): void;
  /** One step back inside the app, or to `parent` when this page was opened by its address. */
  back(parent: string): void;
  /** How far down this page stood when she left it, in pixels; 0 when she comes anew. */
  left(): number;
  /** Something lies over the page: the phone's back key calls `away` first. Answers what to call when it is gone. */
  cover(away: () => void): () => void;
  stop(): void;
}

interface Kept {
  readonly depth: number;
  readonly y: number;
  readonly cover?: true;
}

export type Params = Readonly<Record<string, string>>;

/** The parts of a path by a pattern such as "/person/:id", or null; no pattern matches a longer path. */
export function match(pattern: string, path: string): Params | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const here = given[i] ?? '';
    if (part.startsWith(':')) found[part.slice(1)] = decodeURIComponent(here);
    else if (part !== here) return null;
  }
  return found;
}

function placeOf(location: Location, base: string): Place {
  const inside = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : '/';
  return { path: inside || '/', query: new URLSearchParams(location.search) };
}

export function createRouter(win: Window, base: string): Router {
  const { history, location } = win;
  const place = signal(placeOf(location, base));
  const kept = (): Kept => (history.state as Kept | null) ?? { depth: 0, y: 0 };
  const arrive = (y: number): void => {
    place.value = placeOf(location, base);
    win.requestAnimationFrame(() => win.requestAnimationFrame(() => win.scrollTo(0, y)));
  };
  const covers = createCovers(win);
  const onPop = (): void => { if (!covers.takeAway()) arrive(kept().y); };
  history.scrollRestoration = 'manual';
  win.addEventListener('popstate', onPop);
  const href = (to: string): string => base + to;
  const move = (to: string, how: 'push' | 'replace' | 'here'): void => {
    const { depth, cover } = kept();
    if (how === 'here') {
      history.replaceState({ depth, y: win.scrollY }, '', href(to));
      return;
    }
    covers.forget();
    if (how === 'replace' || cover) history.replaceState({ depth, y: 0 }, '', href(to));
    else {
      history.replaceState({ depth, y: win.scrollY }, '');
      history.pushState({ depth: depth + 1, y: 0 }, '', href(to));
    }
    arrive(0);
  };
  const go = (to: string, how: 'push' | 'replace' | 'here' = 'push'): void => covers.whenStill(() => move(to, how));
  const back = (parent: string): void => {
    if (kept().depth > 0) history.back();
    else go(parent, 'replace');
  };
  return { place, href, go, back, cover: covers.cover, left: () => kept().y, stop: () => win.removeEventListener('popstate', onPop) };
}
