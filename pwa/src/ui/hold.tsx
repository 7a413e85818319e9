/** Something covered that opens while it is held and closes on release; a key press holds it too. */
import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Word } from '../i18n/words';
import { useT } from './app';
import { Icon } from './signs';

const W = {
  hold: ['按住看', 'Hold to see'],
  holdIt: ['按住看{what}', 'Hold to see {what}'],
} as const satisfies Record<string, Word>;

export interface HoldProps {
  label: string;
  covered: string;
  open: string;
  children?: ComponentChildren;
}

export function Hold({ label, covered, open, children }: HoldProps) {
  const t = useT();
  const [held, setHeld] = useState(false);
  const show = (): void => setHeld(true);
  const hide = (): void => setHeld(false);
  return (
    <li class="row wrap">
      <span class="grow nb" aria-live="polite"><small class="soft">{label}</small><br />{held ? open : covered}</span>
      {children}
      <button
        class="btn bare hold" type="button" aria-label={t(W.holdIt, { what: label })} aria-pressed={held}
        onPointerDown={show} onPointerUp={hide} onPointerLeave={hide} onPointerCancel={hide} onBlur={hide}
        onKeyDown={(e) => { if (e.key === ' ' || e.key === 'Enter') show(); }} onKeyUp={hide}
        onContextMenu={(e) => e.preventDefault()}
      >
        <Icon name="eye" />{t(W.hold)}
      </button>
    </li>
  );
}
