/** Why a record is corrected or void: about the writing, never about her. The list is the rulebook's. */
import { useState } from 'preact/hooks';
import { book } from '../../generated/daily';
import { both } from '../../i18n/words';
import { useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { W } from './sheetWords';

const LIST = 'correction_reasons';
const OTHER = 'other';

interface ReasonProps {
  legend: string;
  value: string;
  onReason: (reason: string) => void;
  /** words of the list that do not fit here */
  without: readonly string[];
}

export function Reason({ legend, value, onReason, without }: ReasonProps) {
  const t = useT();
  const [other, setOther] = useState(false);
  const words = (book.labels[LIST]?.words ?? []).filter((word) => !without.includes(word.code));
  const choices = [...words.map((word) => ({ code: word.code, label: t(both(word)) })), { code: OTHER, label: t(W.otherReason) }];
  const pick = (code: string): void => {
    setOther(code === OTHER);
    onReason(code === OTHER ? '' : code);
  };
  return (
    <>
      <PickOne legend={legend} choices={choices} value={other ? OTHER : value || null} onPick={pick} column />
      {other ? <label class="field"><span>{t(W.otherReason)}</span><input name="reason" required maxLength={200} value={value} onInput={(e) => onReason(e.currentTarget.value)} /></label>
        : <input class="sr" tabIndex={-1} aria-hidden="true" required value={value} onInput={() => undefined} />}
    </>
  );
}
