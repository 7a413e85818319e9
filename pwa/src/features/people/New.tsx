/** A newcomer: while she is typed in, who may be her already is shown; "that is her" opens the one who is there. */
import { useMemo, useState } from 'preact/hooks';
import type { Answers, NewPatch, Value, VagueDate, Worker } from '../../store/api';
import { spell } from '../../store/search';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Page } from '../../ui/frame';
import { sayDoor, sayHome } from '../../ui/household';
import { Note, Plate } from '../../ui/signs';
import { useVillages } from '../../ui/villages';
import { MainFields, MoreFields } from './Fields';
import { given, withAnswer, withId } from './fields';
import { likely, type Likely } from './likely';
import { LikelyOnes } from './LikelyOnes';
import { householdAt, newDoor, type Place } from './place';
import { Where } from './Where';
import { W } from './words';

const DRAFT = 'person:new';

interface Draft {
  answers: Answers;
  place: Place;
  /** the household she was added from */
  home: string;
}

/** What she had begun, unless she comes from another door or with another name. */
function begin(old: Draft | undefined, query: URLSearchParams, area: string, answers: Answers): Draft {
  const [home, name] = [query.get('household') ?? '', query.get('name') ?? ''];
  const fits = old && old.home === home && (name === '' || name === old.answers.name);
  if (fits) return old;
  const written: Answers = /\p{Script=Han}/u.test(name) ? { ...answers, name } : answers;
  return { answers: written, home, place: { area: query.get('area') ?? area, group: query.get('group') ?? '', number: '' } };
}

/** Whom a liaison meets has moved in: her list holds nobody else. */
const usual = (areas: Worker['areas']): Answers => (areas.length > 0 && areas.every((area) => area.role === 'liaison') ? { residence: 'moved_in' } : {});

function useNewcomer() {
  const { router } = useApp();
  const { store } = useOpen();
  const villages = useVillages();
  const [draft, setDraft] = useState(() => begin(store.drafts.load(DRAFT) as unknown as Draft | undefined, router.place.value.query, villages[0]?.code ?? '', usual(store.worker.value.areas)));
  const bundles = store.bundles.value;
  const home = bundles.get(draft.home) ?? householdAt(bundles.values(), draft.place);
  const change = (next: Partial<Draft>): void => {
    const whole = { ...draft, ...next };
    setDraft(whole);
    void store.drafts.save(DRAFT, whole as unknown as Value);
  };
  return { draft, change, home };
}

const text = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

function useLikely(answers: Answers, household: string | undefined): Likely[] {
  const { store } = useOpen();
  const bundles = store.bundles.value;
  const { name, sex, phone, id_number: idNumber, birth } = answers;
  return useMemo(() => {
    const newcomer = { name: text(name), sex: text(sex), phone: text(phone), idNumber: text(idNumber), birth: (birth ?? undefined) as VagueDate | undefined, household };
    return likely(newcomer, bundles.values(), { spell: (word) => spell(store, word) });
  }, [name, sex, phone, idNumber, birth, household, bundles]);
}

export function NewPersonPage() {
  const t = useT();
  const { router } = useApp();
  const { store } = useOpen();
  const { draft, change, home } = useNewcomer();
  const [code, setCode] = useState<string | null>(null);
  const { answers, place } = draft;
  const maybe = useLikely(answers, home?.household.id);
  const answer = (key: string, value: Value): void => change({ answers: key === 'id_number' && typeof value === 'string' ? withId(answers, value) : withAnswer(answers, {}, key, value) });
  const save = (e: Event): void => {
    e.preventDefault();
    const [id, house] = [store.newId(), home?.household.id ?? store.newId()];
    const area = home?.household.area ?? place.area;
    const door: NewPatch[] = home ? [] : [{ type: 'household', id: house, set: newDoor(place) }];
    const person: NewPatch = { type: 'person', id, set: { ...given(answers), household: house }, to: { area, household: house } };
    void store.patchAll([...door, person], DRAFT).then(() => router.go(`/person/${id}`, 'replace'), (error: unknown) => setCode(codeOf(error)));
  };
  const fixed = store.bundles.value.get(draft.home);
  return (
    <Page title={t(W.newPerson)} sub={fixed ? sayHome(t, fixed) : undefined} parent="/people" right={fixed ? <Plate>{sayDoor(t, fixed.household)}</Plate> : null}
      foot={<div class="bar"><button class="btn main" type="submit" form="newcomer">{t(W.save)}</button></div>}>
      <form class="stack" id="newcomer" onSubmit={save}>
        <MainFields answers={answers} onAnswer={answer} beside={(key) => (key === 'name' ? <LikelyOnes found={maybe} onOpen={() => void store.drafts.drop(DRAFT)} /> : null)} />
        {fixed ? null : <section class="stack" aria-label={t(W.livesWhere)}><h2>{t(W.livesWhere)}</h2><Where place={place} onPlace={(to) => change({ place: to })} /></section>}
        <details><summary>{t(W.more)}</summary><div class="stack"><MoreFields answers={answers} onAnswer={answer} /></div></details>
        {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
        <p class="small soft">{t(W.draftKept)}</p>
      </form>
    </Page>
  );
}
