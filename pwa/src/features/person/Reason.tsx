/** Why a record is corrected or void: about the writing, never about her. */
import type { Word } from '../../i18n/words';
import { useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { W } from './words';
import { useState } from 'preact/hooks';

const USUAL: readonly Word[] = [
  ['记错人了', 'Written for the wrong person'],
  ['填错了', 'A slip in writing'],
  ['记重了', 'Written twice'],
  ['没有这回事', 'It did not happen'],
];

const OTHER = 'other';

export function Reason({ legend, value, onReason }: { legend: string; value: string; onReason: (reason: string) => void }) {
  const t = useT();
  const [other, setOther] = useState(false);
  const choices = [...USUAL.map((word) => ({ code: t(word), label: t(word) })), { code: OTHER, label: t(W.otherReason) }];
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
