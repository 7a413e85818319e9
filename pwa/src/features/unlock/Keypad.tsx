/** Six digits on big keys; a keyboard works, too. What was pressed is shown as dots and kept nowhere. */
import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { useT } from '../../ui/app';
import { Icon } from '../../ui/signs';
import { W } from './words';
import './unlock.css';

const LENGTH = 6;
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

interface KeypadProps {
  /** Keys rest while a try is made or has to wait. */
  rests: boolean;
  onDone: (pin: string) => void;
  /** The key left of 0. */
  left?: ComponentChildren;
}

/** Drawn anew at each digit, alone: the keys below do not change. */
function Dots({ pin }: { pin: ReadonlySignal<string> }) {
  const t = useT();
  const n = pin.value.length;
  return (
    <p class="dots" role="status" aria-label={t(W.pressed, { n })}>
      {Array.from({ length: LENGTH }, (_, i) => <i class={i < n ? 'on' : ''} key={i} />)}
    </p>
  );
}

/** Digits and Backspace of a keyboard, unless she types into a field. */
function useKeyboard(press: (digit: string) => void, erase: () => void) {
  useLayoutEffect(() => {
    const listen = (e: KeyboardEvent): void => {
      if (e.target instanceof HTMLInputElement || e.ctrlKey || e.metaKey || e.altKey) return;
      if (/^\d$/.test(e.key)) press(e.key);
      else if (e.key === 'Backspace') erase();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

export function Keypad({ rests, onDone, left }: KeypadProps) {
  const t = useT();
  const pin = useSignal('');
  const press = (digit: string): void => {
    if (rests) return;
    const next = pin.peek() + digit;
    pin.value = next.length === LENGTH ? '' : next;
    if (next.length === LENGTH) onDone(next);
  };
  const erase = (): void => { pin.value = pin.peek().slice(0, -1); };
  useKeyboard(press, erase);
  const key = (digit: string) => <button class="btn" type="button" key={digit} disabled={rests} onClick={() => press(digit)}>{digit}</button>;
  return (
    <>
      <Dots pin={pin} />
      <section class="keys" aria-label={t(W.keys)}>
        {DIGITS.slice(0, 9).map(key)}
        {left ?? <span />}
        {key('0')}
        <button class="btn bare" type="button" aria-label={t(W.back)} disabled={rests} onClick={erase}><Icon name="del" /></button>
      </section>
    </>
  );
}
