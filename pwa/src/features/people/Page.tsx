/** One search for everybody; below it village and group, for those who go by the road. */
import { useState } from 'preact/hooks';
import { useApp, useOpen, useT } from '../../ui/app';
import { sayGroup } from '../../ui/household';
import { Page } from '../../ui/frame';
import { Link } from '../../ui/link';
import { Icon, Plate } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { useDue } from '../../ui/due';
import { useVillages } from '../../ui/villages';
import { Found } from './Found';
import { dueHouseholds, groups, isUngrouped, villages, type Branch } from './tree';
import { W } from './words';

function Search({ text, onText }: { text: string; onText: (text: string) => void }) {
  const t = useT();
  return (
    <>
      <label class="find">
        <span class="sr">{t(W.find)}</span><Icon name="search" />
        <input type="search" name="find" value={text} autocomplete="off" autocapitalize="none" spellcheck={false} enterkeyhint="search" placeholder={t(W.find)} aria-describedby="find-hint" onInput={(e) => onText(e.currentTarget.value)} />
      </label>
      <p class="small soft" id="find-hint">{t(W.hint)}</p>
    </>
  );
}

function Groups({ area }: { area: string }) {
  const t = useT();
  const { store } = useOpen();
  const due = dueHouseholds(useDue());
  return (
    <>
      <h2>{t(W.groups)}</h2>
      <ul class="groups">
        {groups(area, store.bundles.value.values(), due).map((g) => (
          <li key={g.code}>
            <Link class="card row" to={`/village/${area}/${encodeURIComponent(g.code)}`}>
              {isUngrouped(g.code) ? <b>{t(W.noGroup)}</b> : <Plate>{sayGroup(t, g.code)}</Plate>}
              <BranchCounts branch={g} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function BranchCounts({ branch }: { branch: Branch }) {
  const t = useT();
  return (
    <small class="soft">{t(W.counts, { households: branch.households, people: branch.people })}
      {branch.due > 0 ? <><br /><b class="late">{t(W.due, { n: branch.due })}</b></> : null}
    </small>
  );
}

function Villages() {
  const t = useT();
  const { store } = useOpen();
  const areas = useVillages();
  const due = dueHouseholds(useDue());
  const found = villages(areas.map((a) => a.code), store.bundles.value.values(), due);
  const only = found.length === 1 ? found[0] : undefined;
  if (only) return <Groups area={only.code} />;
  return (
    <>
      <h2>{t(W.villages)}</h2>
      <ul class="card">
        {found.map((v, i) => (
          <li key={v.code}><Link class="row" to={`/village/${v.code}`}><span class="grow"><b>{areas[i]?.name}</b><br /><BranchCounts branch={v} /></span><Icon name="next" /></Link></li>
        ))}
      </ul>
    </>
  );
}

function Nobody() {
  const t = useT();
  return <Empty icon="people"><b>{t(W.none)}</b><p>{t(W.noneHint)}</p><Link class="btn" to="/sync">{t(W.toSync)}</Link></Empty>;
}

export function PeoplePage() {
  const t = useT();
  const { router } = useApp();
  const { store } = useOpen();
  const [text, setText] = useState(router.place.value.query.get('q') ?? '');
  const bundles = [...store.bundles.value.values()];
  const total = { households: bundles.filter((b) => !b.household.none).length, people: bundles.reduce((n, b) => n + b.persons.length, 0) };
  const type = (now: string): void => {
    setText(now);
    router.go(now ? `/people?q=${encodeURIComponent(now)}` : '/people', 'here');
  };
  return (
    <Page title={t(W.title)} sub={t(W.counts, total)} foot={<Tabs on="people" />}>
      {bundles.length === 0 ? <Nobody /> : <><Search text={text} onText={type} />{text.trim() ? <Found text={text} /> : <Villages />}</>}
    </Page>
  );
}

export function VillagePage({ area }: { area: string }) {
  const t = useT();
  const name = useVillages().find((v) => v.code === area)?.name ?? area;
  return <Page title={name} parent="/people" foot={<Tabs on="people" />}><p class="sr">{t(W.groups)}</p><Groups area={area} /></Page>;
}
