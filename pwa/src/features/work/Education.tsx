/** A talk: what about, where, how many came. Never who. */
import { useState } from 'preact/hooks';
import { both, type Word } from '../../i18n/words';
import { check, visible } from '../../rules/forms';
import type { Answers, Value } from '../../store/api';
import { answered } from '../../ui/answers';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Questions } from '../../ui/form';
import { Page } from '../../ui/frame';
import { Note } from '../../ui/signs';
import { Loading } from '../../ui/states';
import { useVillages } from '../../ui/villages';
import { useForm } from '../../ui/whole';
import { W } from './words';

const FORM = 'education';
const E = {
  village: ['哪个村', 'Village'],
  town: ['全镇', 'The whole township'],
  pick: ['请选在哪个村', 'Choose the village'],
} as const satisfies Record<string, Word>;

interface Draft {
  readonly area: string;
  readonly answers: Answers;
}

/** Hers when there is one; a liaison's and technician's talks may be for the whole township. */
function useAreas(): readonly { code: string; name: string }[] {
  const { areas } = useOpen().store.worker.value;
  const villages = useVillages();
  return [...areas.filter((one) => one.code.length === 9), ...villages.filter((one) => areas.some((mine) => one.code.startsWith(mine.code)))];
}

/** Kept at every answer, there again after a kill. */
function useDraft(only: string | undefined) {
  const { store } = useOpen();
  const key = `form:${FORM}`;
  const [draft, setDraft] = useState<Draft>(() => (store.drafts.load(key) as unknown as Draft | undefined) ?? { area: only ?? '', answers: {} });
  const change = (next: Draft): void => {
    setDraft(next);
    void store.drafts.save(key, next as unknown as Value).catch(() => undefined);
  };
  return { draft, change, key };
}

export function EducationPage() {
  const t = useT();
  const { store } = useOpen();
  const { router, today } = useApp();
  const areas = useAreas();
  const form = useForm(FORM);
  const { draft, change, key } = useDraft(areas.length === 1 ? areas[0]?.code : undefined);
  const [tried, setTried] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  if (!form) return <Loading />;
  const { role } = store.worker.value;
  const keys = visible(form, draft.answers, role);
  const answers = Object.fromEntries(Object.entries(draft.answers).filter(([name]) => keys.includes(name)));
  const findings = check(form, answers, today.value, role);
  const wrong = draft.area === '' || findings.some((found) => found.level === 'error');
  const save = (): void => {
    setTried(true);
    if (wrong) return;
    store.recordAll([{ form: FORM, area: draft.area, occurredOn: today.value, answers }], key).then(() => router.go('/work', 'replace'), (error: unknown) => setCode(codeOf(error)));
  };
  const alert = code ? sayCode(t, code) : tried && wrong ? t(W.missing) : null;
  const foot = <>{alert ? <div class="pad"><Note tone="late" icon="warn" role="alert">{alert}</Note></div> : null}<div class="bar"><button class="btn main wide" type="button" onClick={save}>{t(W.save)}</button></div></>;
  return (
    <Page title={t(both(form))} parent="/work" foot={foot}>
      {areas.length > 1 ? (
        <label class="field"><span>{t(E.village)}</span>
          <select value={draft.area} onChange={(e) => change({ ...draft, area: e.currentTarget.value })}>
            <option value="">{t(E.pick)}</option>{areas.map((one) => <option key={one.code} value={one.code}>{one.code.length === 9 ? t(E.town) : one.name}</option>)}
          </select>
        </label>
      ) : null}
      {tried && draft.area === '' ? <Note tone="late" icon="warn" role="status">{t(E.pick)}</Note> : null}
      <Questions form={form} answers={draft.answers} role={role} findings={findings} tried={tried} onAnswer={(name, value) => change({ ...draft, answers: answered(draft.answers, name, value) })} />
    </Page>
  );
}
