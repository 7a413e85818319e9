/** One form being written: her consent first, then the questions; what calls for someone else can go along as a referral. */
import { useState } from 'preact/hooks';
import type { Form } from '../../generated/rulebook';
import { sayDay } from '../../i18n/days';
import { both } from '../../i18n/words';
import { standing } from '../../rules/consent';
import { ageNotes, mayWrite } from '../../rules/forms';
import type { Answers, Bundle, Person, Rec, Value } from '../../store/api';
import { answered } from '../../ui/answers';
import { useApp, useOpen, useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { codeOf, sayCode } from '../../ui/codes';
import { Questions } from '../../ui/form';
import { Page } from '../../ui/frame';
import { sayDoor } from '../../ui/household';
import { Link } from '../../ui/link';
import { unsure, useLook } from '../../ui/look';
import { Older } from '../../ui/older';
import { plain } from '../../ui/plain';
import { sayMore, sayPurpose } from '../../ui/record';
import { LOOK } from '../../ui/remarks';
import { Icon, Note } from '../../ui/signs';
import { useWho } from '../../ui/who';
import { askedAnswers, calls, firsts, inputs, refAsked, remarks, resumed, type About, type Draft } from './plan';
import { W } from './words';

interface WriteProps {
  form: Form;
  person: Person;
  bundle: Bundle;
  about: About;
}

/** Kept at every answer, there again after a kill. */
function useDraft(key: string, today: Form) {
  const { store } = useOpen();
  const [draft, setDraft] = useState<Draft>(() => resumed(store.drafts.load(key), today));
  const change = (next: Draft): void => {
    setDraft(next);
    void store.drafts.save(key, next as unknown as Value).catch(() => undefined);
  };
  return { draft, change };
}

/** Which earlier record this one continues: the newest unless she says another. */
function Continues({ of, records, onPick }: { of: Value | undefined; records: readonly Rec[]; onPick: (id: string) => void }) {
  const t = useT();
  const { today } = useApp();
  if (records.length === 0) return <Note tone="late" icon="warn">{t(W.none)}</Note>;
  const choices = records.slice(0, 5).map((rec) => ({ code: rec.id, label: [sayDay(t, rec.occurredOn, today.value), sayMore(t, rec, today.value)].filter(Boolean).join('　') }));
  return <PickOne legend={t(W.which)} choices={choices} value={typeof of === 'string' ? of : null} onPick={onPick} column />;
}

function Called({ form, answers, role, refer, onRefer }: { form: Form; answers: Answers; role: string; refer: boolean; onRefer: (yes: boolean) => void }) {
  const t = useT();
  const called = calls(form, answers, role);
  if (called.length === 0) return null;
  const words = [...new Set(called.map((rule) => t(both(rule))))];
  return (
    <Note tone={called[0]?.urgency === 'emergency' ? 'stop' : 'late'} icon="warn" role="status">
      {words.map((text) => <p key={text}>{text}</p>)}
      <div class="pair">
        {called[0]?.urgency === 'emergency' ? <a class="btn" href="tel:120"><Icon name="phone" />{t(W.call)}</a> : null}
        <button class={refer ? 'btn main' : 'btn'} type="button" aria-pressed={refer} onClick={() => onRefer(!refer)}><Icon name={refer ? 'check' : 'send'} />{t(refer ? W.referring : W.refer)}</button>
      </div>
    </Note>
  );
}

function AskFirst({ form, person }: Pick<WriteProps, 'form' | 'person'>) {
  const t = useT();
  const purpose = form.consent ?? '';
  return (
    <Note icon="lost">
      <p>{t(W.askFirst, { purpose: sayPurpose(t, purpose) })}</p>
      <Link class="btn main" to={`/visit/${person.id}/ask?for=${purpose}&alone=1`}>{t(W.ask)}</Link>
    </Note>
  );
}

/** Where it was opened from, such as a campaign day's list; only ever a page of ours. */
const backTo = (then: string | null): string | null => (then?.startsWith('/day?') ? then : null);

/** Somebody wrote this form about her today already: on a day with several phones that is told before it is done twice. */
function Already({ form, about, records }: { form: Form; about: About; records: readonly Rec[] }) {
  const t = useT();
  const who = useWho();
  const [rec] = firsts(form, records).filter((one) => one.occurredOn === about.day);
  return rec ? <Note tone="late" icon="warn" role="status">{t(W.already, { who: who(rec.author, rec.role) })}</Note> : null;
}

/** Writes the record, and the referral with it, once. */
function useSave(about: About, { form, answers, refer, sure }: Draft, key: string) {
  const t = useT();
  const { store } = useOpen();
  const { router } = useApp();
  const look = useLook();
  const [state, setState] = useState<{ busy: boolean; tried: boolean; code: string | null }>({ busy: false, tried: false, code: null });
  const findings = remarks(form, answers, about);
  const wrong = findings.some((found) => found.level === 'error');
  const open = unsure(form, askedAnswers(form, answers, about.role), findings, sure);
  const save = async (): Promise<void> => {
    const stays = wrong || look.holds(open);
    setState({ busy: !stays, tried: true, code: null });
    if (stays || state.busy) return;
    const reason = refer ? [...new Set(calls(form, answers, about.role).map((rule) => t(both(rule))))].join(' ') : '';
    try {
      await store.recordAll(inputs(form, answers, about, reason === '' ? null : reason), key);
      router.go(backTo(router.place.value.query.get('then')) ?? `/person/${about.person}`, 'replace');
    } catch (error) {
      setState({ busy: false, tried: true, code: codeOf(error) });
    }
  };
  const said = state.code ? sayCode(t, state.code) : state.tried && wrong ? t(W.missing) : look.asks(open) ? t(LOOK) : null;
  return { ...state, findings, said, save };
}

export function Write(props: WriteProps) {
  const t = useT();
  const { router } = useApp();
  const { person, bundle, about } = props;
  const key = `form:${props.form.id}:${person.id}`;
  const { draft, change } = useDraft(key, props.form);
  const { form } = draft;
  const { busy, tried, findings, said, save } = useSave(about, draft, key);
  const records = bundle.records.filter((rec) => rec.person === person.id);
  const agreed = form.consent === null || standing(records.map(plain), about.day)[form.consent] === 'given';
  const allowed = mayWrite(form, about.role, person.birth, about.day);
  const ref = refAsked(form, draft.answers, about.role);
  const answer = (name: string, value: Value | undefined): void => change({ ...draft, answers: answered(draft.answers, name, value) });
  const foot = agreed && allowed ? (
    <>
      {said ? <div class="pad"><Note tone="late" icon="warn" role="alert">{said}</Note></div> : null}
      <div class="bar"><button class="btn main wide" type="button" disabled={busy} onClick={() => void save()}>{t(busy ? W.saving : W.save)}</button></div>
    </>
  ) : null;
  return (
    <Page title={t(both(form))} sub={`${person.name}　${sayDoor(t, bundle.household)}`} leave={{ label: t(W.aside), go: () => router.back(`/person/${person.id}`) }} foot={foot}>
      {ageNotes(form, about.role, person.birth, about.day).map((note) => <Note key={note.id} tone="stop" icon="warn">{t(both(note))}</Note>)}
      {!allowed ? <Note tone="late" icon="warn">{t(W.young)}</Note> : !agreed ? <AskFirst form={form} person={person} /> : (
        <>
          {form.version === props.form.version ? null : <Older />}
          <Already form={form} about={about} records={records} />
          <Questions form={form} answers={draft.answers} role={about.role} findings={findings} tried={tried} tick={['declined']} onAnswer={answer} sure={draft.sure} onSure={(sure) => change({ ...draft, sure })} />
          {ref ? <Continues of={draft.answers[ref]} records={firsts(form, records)} onPick={(id) => answer(ref, id)} /> : null}
          <Called form={form} answers={draft.answers} role={about.role} refer={draft.refer} onRefer={(refer) => change({ ...draft, refer })} />
        </>
      )}
    </Page>
  );
}
