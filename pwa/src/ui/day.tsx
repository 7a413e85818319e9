/** A day on the phone's own calendar; where a form allows it, only the year and month she remembers. */
import { useState } from 'preact/hooks';
import type { Word } from '../i18n/words';
import type { VagueDate } from '../store/api';
import { useApp, useT } from './app';

const W = {
  vague: ['只记得年、月', 'Only the year and month are known'],
  year: ['哪年', 'Year'],
  month: ['几月', 'Month'],
  unknown: ['不记得', 'not known'],
} as const satisfies Record<string, Word>;

interface DayProps {
  legend: string;
  hint?: string | undefined;
  name: string;
  vague: boolean;
  value: VagueDate | undefined;
  onDay: (day: VagueDate | undefined) => void;
  describedBy?: string | undefined;
}

const YEARS_BACK = 50;

function YearMonth({ value, onDay }: { value: { year: number; month?: number } | undefined; onDay: DayProps['onDay'] }) {
  const t = useT();
  const { today } = useApp();
  const now = Number(today.value.slice(0, 4));
  const years = Array.from({ length: YEARS_BACK }, (_, i) => now - i);
  const change = (year: number, month: number): void => onDay(year === 0 ? undefined : month === 0 ? { year } : { year, month });
  return (
    <div class="pair">
      <label class="field"><span>{t(W.year)}</span>
        <select value={String(value?.year ?? '')} onChange={(e) => change(Number(e.currentTarget.value), value?.month ?? 0)}>
          <option value="">—</option>{years.map((y) => <option key={y} value={String(y)}>{y}</option>)}
        </select>
      </label>
      <label class="field"><span>{t(W.month)}</span>
        <select value={String(value?.month ?? '')} onChange={(e) => change(value?.year ?? 0, Number(e.currentTarget.value))}>
          <option value="">{t(W.unknown)}</option>{Array.from({ length: 12 }, (_, i) => <option key={i} value={String(i + 1)}>{i + 1}</option>)}
        </select>
      </label>
    </div>
  );
}

export function VagueDay({ legend, hint, name, vague, value, onDay, describedBy }: DayProps) {
  const t = useT();
  const [loose, setLoose] = useState(typeof value === 'object');
  const swap = (): void => {
    setLoose(!loose);
    onDay(undefined);
  };
  return (
    <fieldset class="stack" aria-describedby={describedBy}>
      {loose ? <><legend>{legend}</legend><YearMonth value={typeof value === 'object' ? value : undefined} onDay={onDay} /></> : (
        <label class="field"><span>{legend}</span>{hint ? <small class="hint">{hint}</small> : null}
          <input type="date" name={name} value={typeof value === 'string' ? value : ''} onInput={(e) => onDay(e.currentTarget.value || undefined)} />
        </label>
      )}
      {vague ? <label class="pick"><input type="checkbox" checked={loose} onChange={swap} /><span>{t(W.vague)}</span></label> : null}
    </fieldset>
  );
}
