/** Questions on native controls, bigger: one of some, some of some, steps, a counter. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './signs';

export interface Choice {
  readonly code: string;
  readonly label: ComponentChildren;
  /** Beside it at the far end, such as how many are left; no part of its name. */
  readonly aside?: string;
}

interface OneProps {
  legend: ComponentChildren;
  hint?: string | undefined;
  choices: readonly Choice[];
  value: string | null;
  onPick: (code: string) => void;
  /** One under the other, for long labels. */
  column?: boolean;
  describedBy?: string | undefined;
}

/** Labels this short share one line. */
const SHORT = 2;

function layout(choices: readonly Choice[], column: boolean): string {
  if (column) return 'picks col';
  const short = choices.every(({ label }) => typeof label === 'string' && label.length <= SHORT);
  return short && choices.length > 2 ? 'picks few' : 'picks';
}

export function PickOne({ legend, hint, choices, value, onPick, column = false, describedBy }: OneProps) {
  const name = useId();
  return (
    <fieldset aria-describedby={describedBy}>
      <legend>{legend}</legend>
      {hint ? <p class="hint">{hint}</p> : null}
      <div class={layout(choices, column)}>
        {choices.map(({ code, label, aside }) => (
          <label class="pick" key={code}>
            <input type="radio" name={name} value={code} checked={value === code} aria-label={aside && typeof label === 'string' ? label : undefined} onChange={() => onPick(code)} />
            <span>{aside ? <><b class="grow plain">{label}</b><small class="plain">{aside}</small></> : label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface ManyProps extends Omit<OneProps, 'value' | 'onPick'> {
  value: readonly string[];
  onPick: (codes: string[]) => void;
  /** Codes that stand alone, such as "none". */
  alone?: readonly string[] | undefined;
}

/** The new list after a tap; codes that stand alone and the others push each other out. */
export function toggled(value: readonly string[], code: string, alone: readonly string[] = []): string[] {
  if (value.includes(code)) return value.filter((c) => c !== code);
  if (alone.includes(code)) return [code];
  return [...value.filter((c) => !alone.includes(c)), code];
}

export function PickMany({ legend, hint, choices, value, onPick, column = false, describedBy, alone }: ManyProps) {
  return (
    <fieldset aria-describedby={describedBy}>
      <legend>{legend}</legend>
      {hint ? <p class="hint">{hint}</p> : null}
      <div class={layout(choices, column)}>
        {choices.map(({ code, label }) => (
          <label class="pick" key={code}>
            <input type="checkbox" value={code} checked={value.includes(code)} onChange={() => onPick(toggled(value, code, alone))} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Steps({ label, steps, at }: { label: string; steps: readonly string[]; at: number }) {
  return (
    <nav aria-label={label}>
      <ol class="steps">
        {steps.map((step, i) => (
          <li key={i} class={i < at ? 'done' : ''} aria-current={i === at ? 'step' : undefined}>{i < at ? '✓' : String(i + 1)} {step}</li>
        ))}
      </ol>
    </nav>
  );
}

interface CounterProps {
  legend: string;
  value: number;
  step: number;
  min: number;
  less: string;
  more: string;
  onCount: (n: number) => void;
}

export function Counter({ legend, value, step, min, less, more, onCount }: CounterProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="count card">
        <button class="btn bare" type="button" aria-label={less} disabled={value <= min} onClick={() => onCount(Math.max(min, value - step))}><Icon name="minus" /></button>
        <output aria-live="polite">{value}</output>
        <button class="btn bare" type="button" aria-label={more} onClick={() => onCount(value + step)}><Icon name="plus" /></button>
      </div>
    </fieldset>
  );
}
