/** Two entries that look like one person, side by side; what differs is in bold. */
import { sayVague } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { sayDoor } from '../../ui/household';
import { Link } from '../../ui/link';
import { Plate } from '../../ui/signs';
import type { InboxItem, Twin } from './wire';
import { W } from './words';

const WHY = { same_id: W.same_id, same_birth: W.same_birth, same_phone: W.same_phone } as const;

function Entry({ one, other, title }: { one: Twin; other: Twin; title: string }) {
  const t = useT();
  const { today } = useApp();
  const door = (who: Twin): string => {
    const { id, group, number } = who.household;
    return `${who.area.name} ${sayDoor(t, { id, area: who.area.code, rev: {}, ...(group ? { group } : {}), ...(number ? { number } : {}) })}`;
  };
  const birth = (who: Twin): string => (who.birth ? sayVague(t, who.birth, today.value) : t(W.unknown));
  const rows = [
    [t(W.born), birth(one), birth(other)], [t(W.door), door(one), door(other)],
    [t(W.phoneNo), one.phone || t(W.unknown), other.phone || t(W.unknown)], [t(W.idNo), one.id_number || t(W.unknown), other.id_number || t(W.unknown)],
  ] as const;
  return (
    <article class="card pad val">
      <p class="soft">{title}</p>
      <p class="num"><Link to={`/desk/person/${one.id}`}>{one.name}</Link></p>
      <dl>{rows.map(([name, mine, theirs]) => <div class="flex" key={name}><dt class="soft when">{name}</dt><dd>{mine === theirs ? mine : <b>{mine}</b>}</dd></div>)}</dl>
    </article>
  );
}

export function TwinsItem({ item }: { item: InboxItem }) {
  const t = useT();
  const [one, other] = item.people ?? [];
  const why = item.reason && item.reason in WHY ? t(WHY[item.reason as keyof typeof WHY]) : '';
  if (!one || !other) return null;
  return (
    <>
      <div class="card pad flex"><Plate>{item.area?.name}</Plate><h2 class="grow">{t(W.twinsAsk)}</h2><span class="soft">{why}</span></div>
      <div class="pair"><Entry one={one} other={other} title={t(W.older)} /><Entry one={other} other={one} title={t(W.newer)} /></div>
      <p class="card pad soft">{t(W.twinsHint)}</p>
    </>
  );
}
