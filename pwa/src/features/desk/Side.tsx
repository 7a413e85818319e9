/** The desk's pages by name, each with the digit that opens it after G. */
import { useRef } from 'preact/hooks';
import { useApp, useT } from '../../ui/app';
import { Link } from '../../ui/link';
import { Icon, Plate } from '../../ui/signs';
import { LangSwitch } from '../../ui/tongue';
import { useKeys, walk } from './keys';
import { tabsOf, type Tab } from './rooms';
import { useDesk } from './wire';
import { W } from './words';

function useGo(tabs: readonly Tab[]): void {
  const { router } = useApp();
  const { shortcuts } = useDesk();
  const going = useRef(false);
  useKeys((key) => {
    if (!shortcuts) return false;
    const tab = going.current ? tabs[Number(key) - 1] : undefined;
    going.current = key === 'g' || key === 'G';
    if (tab) router.go(`/desk/${tab.name}`);
    else if (key === '/' && tabs.some((one) => one.name === 'people')) router.go('/desk/people');
    else return false;
    return true;
  });
}

export function Side({ tab, waiting, onOut }: { tab: string; waiting: number; onOut: () => void }) {
  const t = useT();
  const { me } = useDesk();
  const tabs = tabsOf(me.role);
  useGo(tabs);
  return (
    <nav class="side" aria-label={t(W.main)} onKeyDown={walk}>
      <p class="flex brand"><Plate>随访</Plate>{me.areas[0]?.name}</p>
      {tabs.map((one, i) => (
        <Link key={one.name} to={`/desk/${one.name}`} data-row aria-current={one.name === tab ? 'page' : undefined}>
          <Icon name={one.icon} />{t(one.word)}{one.name === 'inbox' && waiting > 0 ? <b>{waiting}</b> : null}<kbd aria-hidden="true">{i + 1}</kbd>
        </Link>
      ))}
      <LangSwitch />
      <p class="small soft me-line">{me.name}<br /><button class="btn bare out" type="button" onClick={onOut}>{t(W.out)}</button></p>
    </nav>
  );
}
