/** Asking her: five short sentences, read aloud if the phone can; yes and no stand side by side at one size. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import type { Answers } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { sayDoor } from '../../ui/household';
import { consentText, type ConsentText } from '../../ui/labels';
import { sayPurpose } from '../../ui/record';
import { Icon, Note } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { HerYes, LACKS, lacking, NOT_YET, saidYes, type Yes } from '../../ui/yes';
import { both } from '../../i18n/words';
import type { StepProps } from './Met';
import { useAloud } from './useAloud';
import { W } from './askWords';

export const consentAnswers = (purpose: string, text: ConsentText, yes: Yes | null): Answers =>
  ({ purpose, decision: yes ? 'given' : 'declined', text_version: text.version, ...(yes ? { mode: yes.mode, ...saidYes(yes) } : {}) });

/** Where the phone has no voice the words are larger: she may read them herself. */
function Sentences({ text, reading, big }: { text: ConsentText; reading: number; big: boolean }) {
  const t = useT();
  return <ol class={big ? 'say card big' : 'say card'}>{text.lines.map((line, i) => <li key={line.zh} aria-current={reading === i ? 'true' : undefined}>{t(both(line))}</li>)}</ol>;
}

function Earlier({ subject, purpose }: Pick<StepProps, 'subject'> & { purpose: string }) {
  const t = useT();
  const { today } = useApp();
  const last = subject.records.find((r) => r.form === 'consent' && r.status === 'live' && r.answers.purpose === purpose);
  if (last?.answers.decision !== 'declined') return null;
  return <Note icon="lost">{t(W.earlier, { day: sayDay(t, last.occurredOn, today.value) })}</Note>;
}

/** Where her answer goes: into the visit's draft, or, asked by itself, straight into a record. */
function useKeep({ draft, who, change, onDone }: StepProps & { onDone: () => void }) {
  const { store } = useOpen();
  const { router } = useApp();
  const alone = router.place.value.query.get('alone') === '1';
  return async (purpose: string, answers: Answers): Promise<void> => {
    if (alone) await store.record({ form: 'consent', area: who.area, occurredOn: who.day, answers, person: who.person, ...(who.household ? { household: who.household } : {}) });
    else change({ ...draft, said: { ...draft.said, [purpose]: answers } });
    onDone();
  };
}

interface FootProps {
  lack: ReturnType<typeof lacking>;
  onNo: () => void;
  onYes: () => void;
}

/** No and yes side by side, one size, one tap each. */
function Foot({ lack, onNo, onYes }: FootProps) {
  const t = useT();
  return (
    <>
      {lack ? <div class="pad"><Note tone="late" icon="warn" role="alert">{t(LACKS[lack])}</Note></div> : null}
      <div class="bar even">
        <button class="btn" type="button" onClick={onNo}>{t(W.no)}</button>
        <button class="btn main" type="button" onClick={onYes}>{t(W.yes)}</button>
      </div>
    </>
  );
}

function Aloud({ text }: { text: ConsentText }) {
  const t = useT();
  const aloud = useAloud(text.lines.map((line) => t(both(line))), t.lang);
  return (
    <>
      {aloud.able ? <button class="btn" type="button" onClick={aloud.toggle}><Icon name="sound" />{t(aloud.reading >= 0 ? W.stop : W.aloud)}</button> : <p class="small soft">{t(W.readHer)}</p>}
      <Sentences text={text} reading={aloud.reading} big={!aloud.able} />
    </>
  );
}

export function Ask(props: StepProps & { onDone: () => void }) {
  const t = useT();
  const { router } = useApp();
  const purpose = router.place.value.query.get('for') ?? '';
  const text = consentText(purpose);
  const [said, setSaid] = useState(NOT_YET);
  const [tried, setTried] = useState(false);
  const keep = useKeep(props);
  const { person, bundle } = props.subject;
  if (!text) return <Page title={t(W.consent)} parent={`/person/${person.id}`}><Empty icon="lost">{t(W.noText)}</Empty></Page>;
  const yes = (): void => {
    setTried(true);
    if (!lacking(said)) void keep(purpose, consentAnswers(purpose, text, said));
  };
  const foot = <Foot lack={tried ? lacking(said) : null} onNo={() => void keep(purpose, consentAnswers(purpose, text, null))} onYes={yes} />;
  return (
    <Page title={t(W.consent)} sub={`${person.name}　${sayDoor(t, bundle.household)}`} parent={`/person/${person.id}`} foot={foot}>
      <p class="soft small">{sayPurpose(t, purpose)}</p>
      <Earlier subject={props.subject} purpose={purpose} />
      <Aloud text={text} />
      <HerYes yes={said} onYes={setSaid} />
    </Page>
  );
}
