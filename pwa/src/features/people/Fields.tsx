/** The questions about a person. Nothing but the name must be known; remarks stand beside and stop nobody. */
import type { ComponentChildren, TargetedInputEvent } from 'preact';
import { both } from '../../i18n/words';
import { book } from '../../generated/daily';
import type { Answers, Value, VagueDate } from '../../store/api';
import { useT } from '../../ui/app';
import { placeWord } from '../../ui/away';
import { PickOne } from '../../ui/choices';
import { VagueDay } from '../../ui/day';
import { labelOf } from '../../ui/labels';
import { Note } from '../../ui/signs';
import { idDoubt } from './fields';
import { DOUBTS, W } from './words';

export interface FieldsProps {
  answers: Answers;
  onAnswer: (key: string, value: Value) => void;
  /** of the ID number that stands */
  last4?: string | undefined;
  /** what to say beside a field */
  beside?: (key: string) => ComponentChildren;
}

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

function useChoices(list: string) {
  const t = useT();
  return (book.labels[list]?.words ?? []).map((word) => ({ code: word.code, label: t(both(word)) }));
}

interface TextProps extends FieldsProps {
  name: string;
  label: string;
  hint?: string;
  longest: number;
  tel?: true;
  required?: true;
}

function Text({ answers, onAnswer, beside, name, label, hint, longest, tel, required }: TextProps) {
  const box = { name, autocomplete: 'off', maxLength: longest, required: required === true, value: text(answers[name]) };
  const typed = (e: TargetedInputEvent<HTMLInputElement>): void => onAnswer(name, e.currentTarget.value);
  return (
    <>
      <label class="field"><span>{label}</span>{hint ? <small class="hint">{hint}</small> : null}
        {tel ? <input type="tel" {...box} onInput={typed} /> : <input {...box} onInput={typed} />}
      </label>
      {beside?.(name)}
    </>
  );
}

function Pick({ answers, onAnswer, beside, name, list, label }: FieldsProps & { name: string; list: string; label?: string }) {
  const t = useT();
  const choices = useChoices(list);
  const picked = typeof answers[name] === 'string' ? answers[name] : null;
  const legend = label ?? t(both(labelOf('person_fields', name)));
  return <><PickOne legend={legend} choices={choices} value={picked} onPick={(code) => onAnswer(name, code === picked ? null : code)} />{beside?.(name)}</>;
}

function Relation({ answers, onAnswer, beside }: FieldsProps) {
  const t = useT();
  const choices = useChoices('relation');
  return (
    <>
      <label class="field"><span>{t(W.relation)}</span>
        <select name="relation" value={text(answers.relation)} onChange={(e) => onAnswer('relation', e.currentTarget.value || null)}>
          <option value="">{t(W.choose)}</option>{choices.map((c) => <option key={c.code} value={c.code}>{c.label}</option>)}
        </select>
      </label>
      {beside?.('relation')}
    </>
  );
}

function IdNumber(props: FieldsProps) {
  const t = useT();
  const doubt = idDoubt(props.answers);
  const hint = props.last4 ? t(W.idNow, { last4: props.last4 }) : t(W.idHint);
  return (
    <>
      <Text {...props} name="id_number" label={t(W.idNumber)} hint={hint} longest={18} />
      {doubt ? <Note tone="late" icon="warn" role="status">{t(DOUBTS[doubt])}</Note> : null}
    </>
  );
}

/** What is asked first: enough to know her again. */
export function MainFields(props: FieldsProps) {
  const t = useT();
  const { answers, onAnswer, beside } = props;
  const place = placeWord(answers.residence);
  return (
    <>
      <Text {...props} name="name" label={t(W.name)} longest={80} required />
      <Pick {...props} name="sex" list="sex" />
      <VagueDay legend={t(W.birth)} name="birth" vague value={(answers.birth ?? undefined) as VagueDate | undefined} onDay={(day) => onAnswer('birth', day ?? null)} />
      {beside?.('birth')}
      <Pick {...props} name="residence" list="residence" label={t(W.residence)} />
      {place ? <Pick {...props} name="residence_place" list="residence_place" label={t(place)} /> : null}
    </>
  );
}

export function MoreFields(props: FieldsProps) {
  const t = useT();
  return (
    <>
      <Text {...props} name="phone" label={t(W.phone)} longest={60} tel />
      <IdNumber {...props} />
      <Relation {...props} />
      <Pick {...props} name="marital" list="marital" />
      <label class="field"><span>{t(W.note)}</span><small class="hint">{t(W.noteHint)}</small>
        <textarea name="note" maxLength={1000} value={text(props.answers.note)} onInput={(e) => props.onAnswer('note', e.currentTarget.value)} />
      </label>
      {props.beside?.('note')}
    </>
  );
}
