/** A form for her: the list of those this worker writes, then one of them. */
import { book } from '../../generated/daily';
import { both } from '../../i18n/words';
import type { Bundle, Person } from '../../store/api';
import { useApp, useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { Gone } from '../../ui/gone';
import { sayDoor } from '../../ui/household';
import { Link } from '../../ui/link';
import { Icon, Tag } from '../../ui/signs';
import { Empty, Loading } from '../../ui/states';
import { useForm } from '../../ui/whole';
import { Write } from './Write';
import { writable, type About } from './plan';
import { W } from './words';

interface Her {
  readonly person: Person;
  readonly bundle: Bundle;
  readonly about: About;
}

function useHer(id: string): Her | null {
  const { store } = useOpen();
  const { today } = useApp();
  void store.bundles.value;
  const bundle = store.bundleOf(id);
  const person = bundle?.persons.find((p) => p.id === id);
  if (!bundle || !person) return null;
  const { areas, role } = store.worker.value;
  const { area } = bundle.household;
  const here = areas.find((a) => area.startsWith(a.code))?.role ?? role;
  return { person, bundle, about: { person: id, household: person.household ?? null, area, role: here, day: today.value, birth: person.birth } };
}

export function FormsPage({ id }: { id: string }) {
  const t = useT();
  const { store } = useOpen();
  const her = useHer(id);
  if (!her) return <Gone />;
  const forms = writable(Object.values(book.forms), her.about.role, her.person.birth, her.about.day);
  return (
    <Page title={t(W.pick)} sub={`${her.person.name}　${sayDoor(t, her.bundle.household)}`} parent={`/person/${id}`}>
      {forms.length === 0 ? <Empty icon="pen">{t(W.nothing)}</Empty> : (
        <ul class="card">
          {forms.map((form) => (
            <li key={form.id}>
              <Link class="row" to={`/record/${id}/${form.id}`}>
                <Icon name="pen" /><span class="grow">{t(both(form))}</span>
                {store.drafts.load(`form:${form.id}:${id}`) === undefined ? null : <Tag>{t(W.begun)}</Tag>}
                <Icon name="next" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

export function FormPage({ id, form: name }: { id: string; form: string }) {
  const t = useT();
  const her = useHer(id);
  const form = useForm(name);
  if (!her) return <Gone />;
  if (!(name in book.forms)) return <Page title={t(W.noForm)} parent={`/person/${id}`}><Empty icon="lost">{t(W.noForm)}</Empty></Page>;
  if (!form) return <Loading />;
  return <Write form={form} {...her} />;
}
