/** Changing what is known of her, field by field. What other phones change meanwhile comes in around what she is typing. */
import { useState } from 'preact/hooks';
import { both } from '../../i18n/words';
import type { Answers, Person, Value } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { useSaid } from '../../ui/changes';
import { fieldsOf } from '../../ui/fields';
import { Page } from '../../ui/frame';
import { Gone } from '../../ui/gone';
import { labelOf } from '../../ui/labels';
import { sayValue } from '../../ui/said';
import { Note } from '../../ui/signs';
import { MainFields, MoreFields } from './Fields';
import { changedMeanwhile, touched, withAnswer } from './fields';
import { W } from './words';

interface Draft {
  /** fields she touched, and what stood there when she did */
  mine: Answers;
  seen: Answers;
}

function useEdit(person: Person) {
  const { store } = useOpen();
  const key = `person:edit:${person.id}`;
  const current = fieldsOf(person);
  const [draft, setDraft] = useState<Draft>(() => (store.drafts.load(key) as unknown as Draft | undefined) ?? { mine: {}, seen: {} });
  const answer = (field: string, value: Value): void => {
    const mine = withAnswer(draft.mine, current, field, value);
    const now = Object.keys(mine).map((key): [string, Value] => [key, current[key] ?? null]);
    const next: Draft = { mine, seen: { ...Object.fromEntries(now), ...draft.seen } };
    setDraft(next);
    void store.drafts.save(key, next as unknown as Value);
  };
  const save = async (): Promise<void> => {
    const set = touched(draft.mine, current);
    if (Object.keys(set).length > 0) await store.patchAll([{ type: 'person', id: person.id, set }], key);
    else await store.drafts.drop(key);
  };
  return { current, draft, answer, save };
}

function Known({ person }: { person: Person }) {
  const t = useT();
  const { router } = useApp();
  const said = useSaid();
  const { current, draft, answer, save } = useEdit(person);
  const [code, setCode] = useState<string | null>(null);
  const home = `/person/${person.id}`;
  const others = changedMeanwhile(draft.mine, draft.seen, current);
  const beside = (field: string) => {
    if (!others.includes(field)) return null;
    const now = sayValue(t, said, field, current[field] ?? null);
    return <Note tone="late" icon="people" role="status">{t(W.changedMeanwhile, { what: t(both(labelOf('person_fields', field))), now })}</Note>;
  };
  const submit = (e: Event): void => {
    e.preventDefault();
    void save().then(() => router.back(home), (error: unknown) => setCode(codeOf(error)));
  };
  const fields = { answers: { ...current, ...draft.mine }, onAnswer: answer, last4: person.idLast4, beside };
  return (
    <Page title={t(W.editPerson)} sub={person.name} parent={home} foot={<div class="bar"><button class="btn main" type="submit" form="edit">{t(W.save)}</button></div>}>
      <form class="stack" id="edit" onSubmit={submit}>
        <MainFields {...fields} />
        <MoreFields {...fields} />
        {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
        <p class="small soft">{t(W.editHint)}</p>
      </form>
    </Page>
  );
}

export function EditPersonPage({ id }: { id: string }) {
  const { store } = useOpen();
  void store.bundles.value;
  const person = store.bundleOf(id)?.persons.find((p) => p.id === id);
  return person ? <Known person={person} /> : <Gone />;
}
