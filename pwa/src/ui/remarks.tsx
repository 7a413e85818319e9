/** What the form says of one answer, beside it; what is unusual can be confirmed there with one tap, and blocks nothing. */
import type { Finding, Form } from '../generated/rulebook';
import type { Word } from '../i18n/words';
import type { Answers } from '../store/api';
import { useOpenIfAny, useT } from './app';
import { shown } from './decimals';
import { sayFinding } from './findings';
import { markOf, tapped, type Sure } from './look';
import { Icon, Note } from './signs';
import { sourceOf } from './source';

const W = {
  sure: ['看过了，就是 {n}', 'Looked again: it is {n}'],
} as const satisfies Record<string, Word>;

/** A number out of range is looked at once more. */
export const LOOK: Word = ['有个数跟平常不一样，请再看一眼。没错就再点一次。', 'One number is not the usual: look again. If it is right, press once more.'];

export interface Looks {
  readonly sure?: Sure | undefined;
  readonly onSure?: ((sure: Sure) => void) | undefined;
}

export interface RemarksProps extends Looks {
  form: Form;
  answers: Answers;
  findings: readonly Finding[];
  id?: string;
}

function Source({ form, finding }: { form: Form; finding: Finding }) {
  const county = useOpenIfAny()?.store.countyDays.value;
  const from = sourceOf(useT(), form, finding, county);
  return from ? <small class="hint"><br />{from}</small> : null;
}

function Yes({ form, answers, finding, sure = [], onSure }: Omit<RemarksProps, 'findings'> & { finding: Finding }) {
  const t = useT();
  const mark = markOf(form, answers, finding.field);
  const value = answers[finding.field];
  if (finding.code !== 'unusual' || !onSure || typeof value !== 'number') return null;
  const is = sure.includes(mark);
  const digits = form.fields.find((field) => field.key === finding.field)?.digits;
  return <button class={is ? 'btn main' : 'btn'} type="button" aria-pressed={is} onClick={() => onSure(tapped(sure, mark))}><Icon name="check" />{t(W.sure, { n: shown(value, digits) })}</button>;
}

export function Remarks(props: RemarksProps) {
  const t = useT();
  const { form, findings, id } = props;
  if (findings.length === 0) return null;
  return (
    <Note tone="late" icon="warn" role="status" {...(id ? { id } : {})}>
      {findings.map((f) => <p key={f.code + f.rule}>{sayFinding(t, form, f)}<Source form={form} finding={f} /></p>)}
      {findings.map((f) => <Yes key={f.code + f.rule} {...props} finding={f} />)}
    </Note>
  );
}
