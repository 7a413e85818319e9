/** "Before the pill", asked where the pill is handed out: each answer says why and where that is from. */
import type { Value } from '../../store/api';
import { both, type Word } from '../../i18n/words';
import { answered } from '../../ui/answers';
import { useT } from '../../ui/app';
import { Questions } from '../../ui/form';
import { Icon, Note } from '../../ui/signs';
import { useForm } from '../../ui/whole';
import type { HandoutProps } from './Handout';
import { asked, remarks } from './plan';
import { called, opening, screened, verdict } from './screen';

const W = {
  clear: ['都问过了，可以发', 'All asked: it can be given'],
  no: ['今天先不发这种药，先发避孕套', 'Not this pill today; condoms now'],
  unkept: ['她没同意留服务记录：只问，回答不记', 'She has not agreed to a service record: ask, the answers are not kept'],
  call: ['打 120', 'Call 120'],
} as const satisfies Record<string, Word>;

export function Screen({ draft, who, subject, tried, change }: HandoutProps) {
  const t = useT();
  const today = useForm('pill_screen');
  const form = draft.screen?.form ?? today;
  if (!form) return null;
  const answers = draft.screen?.answers ?? opening(form, draft.supply.item, subject.records, who);
  const answer = (key: string, value: Value | undefined): void => change(screened(draft, form, who, answered(answers, key, value), t));
  const done = verdict(form, answers, who);
  const urgent = called(form, answers, who).some((rule) => rule.urgency === 'emergency');
  return (
    <section class="stack" aria-label={t(both(form))}>
      <h3>{t(both(form))}</h3>
      {asked(draft, who, 'service_record') === 'given' ? null : <p class="small soft">{t(W.unkept)}</p>}
      <Questions form={form} answers={answers} role={who.role} findings={remarks(form, answers, who)} tried={tried} without={['declined']} onAnswer={answer} sure={draft.sure} onSure={(sure) => change({ ...draft, sure })} />
      {done === null ? null : (
        <Note tone={done === 'refer' ? (urgent ? 'stop' : 'late') : ''} icon={done === 'refer' ? 'warn' : 'check'} role="status">
          <p>{t(done === 'refer' ? W.no : W.clear)}</p>
          {urgent ? <a class="btn" href="tel:120"><Icon name="phone" />{t(W.call)}</a> : null}
        </Note>
      )}
    </section>
  );
}
