/** Which lot goes out: those that are there in a native list, what expires first on top; another one is written by hand. */
import type { Finding, Form } from '../generated/rulebook';
import { sayMonth } from '../i18n/days';
import type { Word } from '../i18n/words';
import type { Answers } from '../store/api';
import { answered } from './answers';
import { useApp, useT } from './app';
import type { Lot } from './carried';
import { Questions } from './form';
import { Note } from './signs';

const L = {
  lot: ['哪一批', 'Lot'],
  lotHint: ['先发快到期的。过期的不会出现在这里。', 'Give what expires first. Expired lots do not show here.'],
  lotLine: ['{lot}，{month}到期，{n} {unit}', '{lot}, expires {month}, {n} {unit}'],
  otherLot: ['别的批号，自己写', 'Another lot, by hand'],
} as const satisfies Record<string, Word>;

interface LotsProps {
  form: Form;
  role: string;
  tried: boolean;
  doubt: boolean;
  answers: Answers;
  findings: readonly Finding[];
  lots: readonly Lot[];
  unit: string;
  /** what is said of a lot that expires on this day; "" for nothing */
  says: (expiry: string) => string;
  change: (answers: Answers) => void;
}

const isLot = (answers: Answers, { lot, expiry }: Lot): boolean => answers.lot === lot && (answers.expiry ?? '') === expiry;

export function Lots({ form, role, tried, doubt, answers, findings, lots, unit, says, change }: LotsProps) {
  const t = useT();
  const { today } = useApp();
  const at = lots.findIndex((lot) => isLot(answers, lot));
  const set = (lot?: Lot): void => change(answered(answered(answers, 'lot', lot?.lot || undefined), 'expiry', lot?.expiry || undefined));
  const month = (expiry: string): string => (expiry ? sayMonth(t, expiry.slice(0, 7), today.value) : '—');
  const said = says(typeof answers.expiry === 'string' ? answers.expiry : '');
  return (
    <>
      {lots.length === 0 ? null : (
        <label class="field"><span>{t(L.lot)}</span><small class="hint">{t(L.lotHint)}</small>
          <select value={String(at)} onChange={(e) => set(lots[Number(e.currentTarget.value)])}>
            {lots.map(({ lot, expiry, left }, i) => <option key={lot + expiry} value={String(i)}>{t(L.lotLine, { lot: lot || '—', month: month(expiry), n: left, unit })}</option>)}
            <option value="-1">{t(L.otherLot)}</option>
          </select>
        </label>
      )}
      {at < 0 ? <Questions form={form} answers={answers} role={role} tried={tried} only={['lot', 'expiry']} findings={findings} onAnswer={(key, value) => change(answered(answers, key, value))} /> : null}
      {said && (at >= 0 || doubt) ? <Note tone="late" icon="clock" role="status">{said}</Note> : null}
    </>
  );
}
