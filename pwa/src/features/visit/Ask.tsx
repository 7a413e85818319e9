/** Asking her: five short sentences, read aloud if the phone can; yes and no stand side by side at one size. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import type { Answers } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { PickOne } from '../../ui/choices';
import { Page } from '../../ui/frame';
import { sayDoor } from '../../ui/household';
import { consentText, type ConsentText } from '../../ui/labels';
import { Pen } from '../../ui/pen';
import { sayPurpose } from '../../ui/record';
import { Icon, Note } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { signed, textOf, type Strokes } from '../../ui/strokes';
import { both } from '../../i18n/words';
import type { StepProps } from './Met';
import { useAloud } from './useAloud';
import { W } from './askWords';

interface How {
  readonly mode: 'sign' | 'oral_witness';
  readonly strokes: Strokes;
  readonly witness: string;
}

/** What is missing before her yes can be kept; a no needs nothing. */
export function lacking(how: How): 'needSign' | 'needWitness' | null {
  if (how.mode === 'sign') return signed(how.strokes) ? null : 'needSign';
  return how.witness.trim() ? null : 'needWitness';
}

export function consentAnswers(purpose: string, text: ConsentText, how: How | null): Answers {
  const base = { purpose, decision: how ? 'given' : 'declined', text_version: text.version };
  if (!how) return base;
  if (how.mode === 'sign') return { ...base, mode: how.mode, signature: textOf(how.strokes) };
  return { ...base, mode: how.mode, witness: how.witness.trim() };
}

/** Where the phone has no voice the words are larger: she may read them herself. */
function Sentences({ text, reading, big }: { text: ConsentText; reading: number; big: boolean }) {
  const t = useT();
  return <ol class={big ? 'say card big' : 'say card'}>{text.lines.map((line, i) => <li key={line.zh} aria-current={reading === i ? 'true' : undefined}>{t(both(line))}</li>)}</ol>;
}

function Agree({ how, onHow }: { how: How; onHow: (how: How) => void }) {
  const t = useT();
  const choices = [{ code: 'sign', label: t(W.sign) }, { code: 'oral_witness', label: t(W.oral) }];
  return (
    <>
      <PickOne legend={t(W.how)} choices={choices} value={how.mode} onPick={(mode) => onHow({ ...how, mode: mode as How['mode'] })} />
      {how.mode === 'sign' ? (
        <div class="sign card">
          <span class="soft small">{t(W.signHere)}</span><button class="btn bare" type="button" onClick={() => onHow({ ...how, strokes: [] })}>{t(W.again)}</button>
          <Pen label={t(W.signature)} strokes={how.strokes} onDraw={(strokes) => onHow({ ...how, strokes })} />
        </div>
      ) : (
        <label class="field"><span>{t(W.witness)}</span><small class="hint">{t(W.witnessHint)}</small>
          <input name="witness" autocomplete="off" maxLength={40} value={how.witness} onInput={(e) => onHow({ ...how, witness: e.currentTarget.value })} />
        </label>
      )}
    </>
  );
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
  lack: 'needSign' | 'needWitness' | null;
  onNo: () => void;
  onYes: () => void;
}

/** No and yes side by side, one size, one tap each. */
function Foot({ lack, onNo, onYes }: FootProps) {
  const t = useT();
  return (
    <>
      {lack ? <div class="pad"><Note tone="late" icon="warn" role="alert">{t(W[lack])}</Note></div> : null}
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
  const [how, setHow] = useState<How>({ mode: 'sign', strokes: [], witness: '' });
  const [tried, setTried] = useState(false);
  const keep = useKeep(props);
  const { person, bundle } = props.subject;
  if (!text) return <Page title={t(W.consent)} parent={`/person/${person.id}`}><Empty icon="lost">{t(W.noText)}</Empty></Page>;
  const yes = (): void => {
    setTried(true);
    if (!lacking(how)) void keep(purpose, consentAnswers(purpose, text, how));
  };
  const foot = <Foot lack={tried ? lacking(how) : null} onNo={() => void keep(purpose, consentAnswers(purpose, text, null))} onYes={yes} />;
  return (
    <Page title={t(W.consent)} sub={`${person.name}　${sayDoor(t, bundle.household)}`} parent={`/person/${person.id}`} foot={foot}>
      <p class="soft small">{sayPurpose(t, purpose)}</p>
      <Earlier subject={props.subject} purpose={purpose} />
      <Aloud text={text} />
      <Agree how={how} onHow={setHow} />
    </Page>
  );
}
