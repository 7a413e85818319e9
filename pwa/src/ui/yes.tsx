/** Her yes: her name by finger or mouse, or spoken before a witness. */
import type { Word } from '../i18n/words';
import { useT } from './app';
import { PickOne } from './choices';
import { Pen } from './pen';
import { signed, textOf, type Strokes } from './strokes';

const W = {
  how: ['她怎么答应', 'How she agrees'],
  sign: ['她签字', 'She signs'],
  oral: ['口头，有人作证', 'Spoken, with a witness'],
  signHere: ['请她在这里签', 'Please sign here'],
  signature: ['她的签字', 'Her signature'],
  again: ['重签', 'Clear'],
  witness: ['谁作证', 'Who is the witness'],
  witnessHint: ['不能是你自己。', 'Not you yourself.'],
} as const satisfies Record<string, Word>;

/** What is missing before it can be kept. */
export const LACKS = {
  sign: ['请她先签字，或改成口头答应', 'Let her sign first, or choose “spoken”'],
  witness: ['请写上谁作证，不能是你自己', 'Write who the witness is; not yourself'],
} as const satisfies Record<string, Word>;

export interface Yes {
  readonly mode: 'sign' | 'oral_witness';
  readonly strokes: Strokes;
  readonly witness: string;
}

export const NOT_YET: Yes = { mode: 'sign', strokes: [], witness: '' };

export function lacking({ mode, strokes, witness }: Yes): keyof typeof LACKS | null {
  if (mode === 'sign') return signed(strokes) ? null : 'sign';
  return witness.trim() ? null : 'witness';
}

/** As it is kept, once nothing lacks. */
export const saidYes = ({ mode, strokes, witness }: Yes): { signature: string } | { witness: string } =>
  mode === 'sign' ? { signature: textOf(strokes) } : { witness: witness.trim() };

export function HerYes({ yes, onYes }: { yes: Yes; onYes: (yes: Yes) => void }) {
  const t = useT();
  const choices = [{ code: 'sign', label: t(W.sign) }, { code: 'oral_witness', label: t(W.oral) }];
  return (
    <>
      <PickOne legend={t(W.how)} choices={choices} value={yes.mode} onPick={(mode) => onYes({ ...yes, mode: mode as Yes['mode'] })} />
      {yes.mode === 'sign' ? (
        <div class="sign card">
          <span class="soft small">{t(W.signHere)}</span><button class="btn bare" type="button" onClick={() => onYes({ ...yes, strokes: [] })}>{t(W.again)}</button>
          <Pen label={t(W.signature)} strokes={yes.strokes} onDraw={(strokes) => onYes({ ...yes, strokes })} />
        </div>
      ) : (
        <label class="field"><span>{t(W.witness)}</span><small class="hint">{t(W.witnessHint)}</small>
          <input name="witness" autocomplete="off" maxLength={40} value={yes.witness} onInput={(e) => onYes({ ...yes, witness: e.currentTarget.value })} />
        </label>
      )}
    </>
  );
}
