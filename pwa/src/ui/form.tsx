/** The rulebook's questions as native controls. Only what is asked shows; warnings stand beside the field and block nothing. */
import { useId, useState } from 'preact/hooks';
import type { Field, Finding, Form } from '../generated/rulebook';
import { both, type Word } from '../i18n/words';
import { visible } from '../rules/forms';
import type { Answers, Value, VagueDate } from '../store/api';
import { useT } from './app';
import { PickMany, PickOne } from './choices';
import { VagueDay } from './day';
import { numberOf, shown } from './decimals';
import { Remarks, type Looks } from './remarks';

const W = {
  yes: ['是', 'Yes'],
  no: ['不是', 'No'],
  choose: ['请选', 'Choose'],
} as const satisfies Record<string, Word>;

/** More choices than this are a list to scroll, not buttons. */
const MANY = 9;
/** A longer label has a line to itself. */
const LONG = 9;

interface FieldProps extends Looks {
  tick: boolean;
  field: Field;
  answers: Answers;
  value: Value | undefined;
  findings: readonly Finding[];
  form: Form;
  onAnswer: (value: Value | undefined) => void;
}

interface Control extends FieldProps {
  noteId: string | undefined;
  legend: string;
  hint: string | undefined;
}

/** What the county offers, and what she has answered already. */
const offered = ({ options = [] }: Field, value: Value | undefined) =>
  options.filter(({ code, hidden }) => !hidden || (Array.isArray(value) ? value.some((one) => one === code) : value === code));

function CodeField({ field, value, onAnswer, noteId, legend, hint }: Control) {
  const t = useT();
  const options = offered(field, value);
  const choices = options.map((o) => ({ code: o.code, label: t(both(o)) }));
  const picked = typeof value === 'string' ? value : null;
  if (choices.length > MANY) {
    return (
      <label class="field"><span>{legend}</span>{hint ? <small class="hint">{hint}</small> : null}
        <select value={picked ?? ''} aria-describedby={noteId} onChange={(e) => onAnswer(e.currentTarget.value || undefined)}>
          <option value="">{t(W.choose)}</option>
          {choices.map((c) => <option key={c.code} value={c.code}>{c.label}</option>)}
        </select>
      </label>
    );
  }
  return <PickOne legend={legend} hint={hint} choices={choices} value={picked} onPick={onAnswer} describedBy={noteId} column={choices.some((c) => c.label.length > LONG)} />;
}

function MultiField({ field, value, onAnswer, noteId, legend, hint }: Control) {
  const t = useT();
  const choices = offered(field, value).map((o) => ({ code: o.code, label: t(both(o)) }));
  const picked = Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
  const pick = (codes: string[]): void => onAnswer(codes.length > 0 ? codes : undefined);
  return <PickMany legend={legend} hint={hint} choices={choices} value={picked} onPick={pick} alone={field.alone} describedBy={noteId} />;
}

function Tick({ value, onAnswer, noteId, legend, hint }: Control) {
  return (
    <label class="pick tick">
      <input type="checkbox" checked={value === true} aria-describedby={noteId} onChange={(e) => onAnswer(e.currentTarget.checked ? true : undefined)} />
      <span><span class="grow plain">{legend}{hint ? <small class="soft"><br />{hint}</small> : null}</span></span>
    </label>
  );
}

function BoolField(control: Control) {
  const { value, onAnswer, noteId, legend, hint, tick } = control;
  const t = useT();
  if (tick) return <Tick {...control} />;
  const choices = [{ code: 'true', label: t(W.yes) }, { code: 'false', label: t(W.no) }];
  return <PickOne legend={legend} hint={hint} choices={choices} value={typeof value === 'boolean' ? String(value) : null} onPick={(c) => onAnswer(c === 'true')} describedBy={noteId} />;
}

const written = (value: Value | undefined, digits?: number): string => (typeof value === 'number' ? shown(value, digits) : typeof value === 'string' ? value : '');

/** So few numbers are buttons. */
const FEW = 6;

function IntField(control: Control) {
  const { field, value, onAnswer, noteId, legend, hint, findings } = control;
  const t = useT();
  const { min, max, digits } = field;
  const [text, setText] = useState(() => written(value, digits));
  const write = (now: string): void => { setText(now); onAnswer(numberOf(now.trim(), digits)); };
  if (!digits && min !== undefined && max !== undefined && max - min < FEW) {
    const choices = Array.from({ length: max - min + 1 }, (_, i) => ({ code: String(min + i), label: String(min + i) }));
    return <PickOne legend={legend} hint={hint} choices={choices} value={written(value) || null} onPick={(c) => onAnswer(Number(c))} describedBy={noteId} />;
  }
  const unit = field.unit ? ` (${t(both(field.unit))})` : '';
  return (
    <label class={findings.length > 0 ? 'field warn' : 'field'}><span>{legend}{unit}</span>{hint ? <small class="hint">{hint}</small> : null}
      <input name={field.key} inputmode={digits ? 'decimal' : 'numeric'} autocomplete="off" value={numberOf(text.trim(), digits) === value ? text : written(value, digits)} aria-describedby={noteId} onInput={(e) => write(e.currentTarget.value)} />
    </label>
  );
}

function TextField({ field, value, onAnswer, noteId, legend, hint, findings }: Control) {
  const text = typeof value === 'string' ? value : '';
  const common = { name: field.key, value: text, autocomplete: 'off', 'aria-describedby': noteId };
  const write = (now: string): void => onAnswer(now === '' ? undefined : now);
  return (
    <label class={findings.length > 0 ? 'field warn' : 'field'}><span>{legend}</span>{hint ? <small class="hint">{hint}</small> : null}
      {(field.max_length ?? 0) > 60
        ? <textarea {...common} rows={3} onInput={(e) => write(e.currentTarget.value)} />
        : <input {...common} onInput={(e) => write(e.currentTarget.value)} />}
    </label>
  );
}

function DateField({ field, value, onAnswer, noteId, legend, hint }: Control) {
  return <VagueDay legend={legend} hint={hint} name={field.key} vague={field.vague === true} value={value as VagueDate | undefined} onDay={onAnswer} describedBy={noteId} />;
}

const CONTROLS = { code: CodeField, multi: MultiField, bool: BoolField, int: IntField, text: TextField, date: DateField } as const;

function Question(props: FieldProps) {
  const t = useT();
  const id = useId();
  const { field, findings } = props;
  if (field.type === 'ref' || field.type === 'lines') return null;
  const Shown = CONTROLS[field.type];
  const noteId = findings.length > 0 ? id : undefined;
  return (
    <>
      <Shown {...props} noteId={noteId} legend={t(both(field))} hint={field.hint ? t(both(field.hint)) : undefined} />
      <Remarks {...props} id={id} />
    </>
  );
}

export interface QuestionsProps extends Looks {
  form: Form;
  answers: Answers;
  role: string;
  findings: readonly Finding[];
  /** Keys that this page asks elsewhere or answers by itself. */
  without?: readonly string[];
  /** Only these keys, if given. */
  only?: readonly string[];
  /** Yes-or-no questions said with one tap, where silence means no. */
  tick?: readonly string[];
  /** All remarks, too, not only those on answered fields: after she tried to go on. */
  tried: boolean;
  onAnswer: (key: string, value: Value | undefined) => void;
}

/** Remarks to show now: a question she has not come to yet is not scolded. */
function shownFindings(all: readonly Finding[], key: string, answered: boolean, tried: boolean): Finding[] {
  return all.filter((f) => f.field === key && (tried || (answered && f.code !== 'required')));
}

export function Questions({ form, answers, role, findings, without = [], only, tick = [], tried, onAnswer, ...looks }: QuestionsProps) {
  const asked = new Set(visible(form, answers, role));
  const fields = form.fields.filter((f) => asked.has(f.key) && !without.includes(f.key) && (!only || only.includes(f.key)));
  const [touched, setTouched] = useState<readonly string[]>([]);
  const answer = (key: string, value: Value | undefined): void => {
    if (!touched.includes(key)) setTouched([...touched, key]);
    onAnswer(key, value);
  };
  return (
    <>
      {fields.map((field) => (
        <Question
          key={field.key} field={field} form={form} answers={answers} tick={tick.includes(field.key)} value={answers[field.key]} {...looks}
          findings={shownFindings(findings, field.key, answers[field.key] !== undefined || touched.includes(field.key), tried)}
          onAnswer={(value) => answer(field.key, value)}
        />
      ))}
    </>
  );
}
