/** Her yes to what she saw: her name by finger or mouse, or spoken before a witness. */
import { useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { Pen } from '../../ui/pen';
import { signed, textOf, type Strokes } from '../../ui/strokes';
import { TR } from './transferWords';

export interface Yes {
  readonly mode: 'sign' | 'oral_witness';
  readonly strokes: Strokes;
  readonly witness: string;
}

export const NOT_YET: Yes = { mode: 'sign', strokes: [], witness: '' };

/** What the server is told of it; null while it is not said. */
export function saidYes({ mode, strokes, witness }: Yes): { signature: string } | { witness: string } | null {
  if (mode === 'sign') return signed(strokes) ? { signature: textOf(strokes) } : null;
  return witness.trim() ? { witness: witness.trim() } : null;
}

export function HerYes({ yes, onYes }: { yes: Yes; onYes: (yes: Yes) => void }) {
  const t = useT();
  const choices = [{ code: 'sign', label: t(TR.sign) }, { code: 'oral_witness', label: t(TR.oral) }];
  return (
    <>
      <PickOne legend={t(TR.how)} choices={choices} value={yes.mode} onPick={(mode) => onYes({ ...yes, mode: mode as Yes['mode'] })} />
      {yes.mode === 'sign' ? (
        <div class="sign card">
          <span class="soft">{t(TR.signHere)}</span><button class="btn bare" type="button" onClick={() => onYes({ ...yes, strokes: [] })}>{t(TR.again)}</button>
          <Pen label={t(TR.signature)} strokes={yes.strokes} onDraw={(strokes) => onYes({ ...yes, strokes })} />
        </div>
      ) : (
        <label class="field"><span>{t(TR.witness)}</span><input name="witness" required maxLength={40} value={yes.witness} onInput={(e) => onYes({ ...yes, witness: e.currentTarget.value })} /></label>
      )}
    </>
  );
}
