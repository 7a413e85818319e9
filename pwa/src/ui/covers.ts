/** What lies over the page: each has an entry of its own in the history, so that the phone's back key takes it away first. */

interface Entry {
  readonly depth: number;
  readonly y: number;
  /** stands only for what lies over the page */
  readonly cover?: true;
}

export interface Covers {
  /** The back key was pressed. False: nothing lies over the page. */
  takeAway(): boolean;
  readonly cover: (away: () => void) => () => void;
  /** Another page takes the place of all of it. */
  forget(): void;
  /** Does `move` now, or as soon as a step back of our own is done: the browser takes it late, and would take the new page away with it. */
  whenStill(move: () => void): void;
}

export function createCovers(win: Window): Covers {
  const { history } = win;
  const open: (() => void)[] = [];
  let stepping = false; // a step back of our own: another sheet may have opened meanwhile, and stays
  let waiting: (() => void)[] = [];
  const here = (): Entry => (history.state as Entry | null) ?? { depth: 0, y: 0 };
  return {
    takeAway() {
      if (stepping) {
        stepping = false;
        const moves = waiting;
        waiting = [];
        for (const move of moves) move();
        return moves.length > 0 || open.length > 0;
      }
      const away = open.pop();
      away?.();
      return away !== undefined;
    },
    cover(away) {
      const entry = { ...here(), y: win.scrollY };
      history.replaceState(entry, '');
      history.pushState({ depth: entry.depth + 1, y: win.scrollY, cover: true }, '');
      open.push(away);
      return () => {
        const at = open.indexOf(away);
        if (at < 0) return;
        open.splice(at, 1);
        // Later, since the same tap may lead to another page, which then takes this entry's place.
        win.setTimeout(() => {
          if (!here().cover) return;
          stepping = true;
          history.back();
        });
      };
    },
    forget: () => { open.length = 0; },
    whenStill(move) {
      if (stepping) waiting.push(move);
      else move();
    },
  };
}
