/** One search for everybody; below it village and group, for those who go by the road. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { sayGroup } from '../../ui/household';
import { Page } from '../../ui/frame';
import { Gone } from '../../ui/gone';
import { Link } from '../../ui/link';
import { Icon, Note, Plate } from '../../ui/signs';
import { Empty, Loading } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { useDue } from '../../ui/due';
import { useListed } from '../../ui/listed';
import { useVillages } from '../../ui/villages';
import { Chips } from './Chips';
import { Found } from './Found';
import { isOn, type Filters } from './filters';
import { dueHouseholds, everyone, groups, isUngrouped, villages, type Branch } from './tree';
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
  const bundles = store.bundles.value;
  const due = useDue();
  const found = useMemo(() => groups(area, bundles.values(), dueHouseholds(due)), [area, bundles, due]);
  return (
    <>
      <h2>{t(W.groups)}</h2>
      <ul class="groups">
        {found.map((g) => (
          <li key={g.code}>
            <Link class="card row" to={`/village/${area}/${encodeURIComponent(g.code)}`}>
              {isUngrouped(g.code) ? <b>{t(W.noGroup)}</b> : <Plate>{sayGroup(t, g.code)}</Plate>}
              <BranchCounts branch={g} />
            </Link>
          </li>
        ))}
      </ul>
      <Link class="btn" to={`/door/new?area=${area}`}><Icon name="plus" />{t(W.addDoor)}</Link>
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
  const due = useDue();
  const bundles = store.bundles.value;
  const found = useMemo(() => villages(areas.map((a) => a.code), bundles.values(), dueHouseholds(due)), [areas.map((a) => a.code).join(), bundles, due]);
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

/** The list is here and holds nobody: whoever she meets first is added. */
function FirstOne() {
  const t = useT();
  return <Empty icon="people"><b>{t(W.nobodyYet)}</b><p>{t(W.nobodyYetHint)}</p><Link class="btn main top3" to="/people/new"><Icon name="plus" />{t(W.addPerson)}</Link></Empty>;
}

/** No list yet: it is coming, or it says why not. */
function Nobody() {
  const t = useT();
  const { engine, store } = useOpen();
  const { state } = store.status.value;
  if (state.at === 'receiving' || state.at === 'sending') return <Loading what={t(W.coming)} />;
  const why = state.at === 'stopped' ? sayCode(t, codeOf(state)) : t(W.noneHint);
  return <Empty icon="people"><b>{t(W.none)}</b><p>{why}</p><button class="btn main" type="button" onClick={() => void engine.sync()}>{t(W.fetch)}</button><Link class="btn bare" to="/sync">{t(W.toSync)}</Link></Empty>;
}

/** Villages whose first list is still coming in. */
function StillComing() {
  const t = useT();
  const { store } = useOpen();
  const coming = store.status.value.feeds.some((feed) => feed.freshAt === 0 && feed.audience === 'common');
  return coming ? <Note icon="clock" role="status">{t(W.coming)}</Note> : null;
}

function asked(query: URLSearchParams): { text: string; filters: Filters } {
  const residence = (query.get('lives') ?? '').split(',').filter(Boolean);
  return { text: query.get('q') ?? '', filters: { due: query.get('due') === '1', residence, service: query.get('service') ?? '' } };
}

function address(text: string, { due, residence, service }: Filters): string {
  const query = new URLSearchParams({ ...(text ? { q: text } : {}), ...(due ? { due: '1' } : {}), ...(residence.length > 0 ? { lives: residence.join() } : {}), ...(service ? { service } : {}) });
  return query.toString() ? `/people?${query.toString()}` : '/people';
}

/** Runs with the newest value once the frame is drawn, and not at all when the page is gone by then. */
function useAfterFrame(run: (to: string) => void): (to: string) => void {
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return (to) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => { frame.current = requestAnimationFrame(() => run(to)); });
  };
}

export function PeoplePage() {
  const t = useT();
  const { router } = useApp();
  const { store } = useOpen();
  const [{ text, filters }, setAsked] = useState(() => asked(router.place.value.query));
  const bundles = store.bundles.value;
  const whole = store.whole.value;
  const listed = useListed();
  const { households, people } = useMemo(() => everyone(bundles.values()), [bundles]);
  const note = useAfterFrame((to: string) => router.go(to, 'here'));
  const ask = (next: { text: string; filters: Filters }): void => {
    setAsked(next);
    note(address(next.text, next.filters));
  };
  return (
    <Page title={t(W.title)} sub={whole ? t(W.counts, { households, people }) : t(W.opening)} foot={<Tabs on="people" />}>
      {bundles.size === 0 ? (!whole ? <Loading /> : listed ? <><FirstOne /><Villages /></> : <Nobody />) : (
        <>
          <Search text={text} onText={(now) => ask({ text: now, filters })} />
          <Chips filters={filters} onFilters={(now) => ask({ text, filters: now })} />
          <StillComing />
          {text.trim() || isOn(filters) ? <Found text={text} filters={filters} /> : <><Villages /><Link class="btn" to="/work">{t(W.work)}</Link><Link class="btn" to="/bag"><Icon name="box" />{t(W.bag)}</Link></>}
        </>
      )}
    </Page>
  );
}

export function VillagePage({ area }: { area: string }) {
  const t = useT();
  const village = useVillages().find((v) => v.code === area);
  if (!village) return <Gone />;
  return <Page title={village.name} parent="/people" foot={<Tabs on="people" />}><p class="sr">{t(W.groups)}</p><Groups area={area} /></Page>;
}
