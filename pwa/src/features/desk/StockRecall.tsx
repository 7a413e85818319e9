/** A lot called back: who received it and where the rest lies. Each look is written into the audit log. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import { both } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Link } from '../../ui/link';
import { Note } from '../../ui/signs';
import { sayDeskCode } from './deskCodes';
import { items } from './stockPlan';
import type { Recalled, StockShown } from './stockShapes';
import { PARTS } from './StockJumps';
import { S } from './stockWords';
import { useDesk } from './wire';

function Found({ found }: { found: Recalled }) {
  const t = useT();
  const { today } = useApp();
  return (
    <>
      {found.people.length === 0 ? <p>{t(S.nobody)}</p> : (
        <table>
          <caption>{t(S.got)}</caption>
          <thead><tr><th scope="col">{t(S.who)}</th><th scope="col">{t(S.where)}</th><th scope="col">{t(S.phone)}</th><th scope="col">{t(S.day)}</th><th class="n" scope="col">{t(S.qty)}</th></tr></thead>
          <tbody>{found.people.map((one) => (
            <tr key={one.person + one.on + String(one.qty)}><th scope="row"><Link class="act" to={`/desk/person/${one.person}`}>{one.name}</Link></th><td>{one.area} {one.number ?? ''}</td><td>{one.phone}</td><td>{sayDay(t, one.on, today.value)}</td><td class="n">{one.qty}</td></tr>
          ))}</tbody>
        </table>
      )}
      {found.unnamed > 0 ? <p class="soft">{t(S.unnamed, { n: found.unnamed })}</p> : null}
      {found.held.length > 0 ? <p>{t(S.held)} {found.held.map((one) => t(S.heldLine, { where: one.point, n: one.usable })).join('；')}</p> : null}
    </>
  );
}

export function StockRecall({ shown }: { shown: StockShown }) {
  const t = useT();
  const { transport } = useDesk();
  const [item, setItem] = useState(items()[0]?.code ?? '');
  const [lot, setLot] = useState('');
  const [found, setFound] = useState<Recalled | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const lots = [...new Set(shown.rows.filter((row) => row.item === item).map((row) => row.lot))];
  const look = (e: Event): void => {
    e.preventDefault();
    setFound(null);
    transport.post<Recalled>('/api/stock/recall', { item, lot: lot.trim(), area: shown.area }).then(
      (answer) => { setFound(answer); setCode(null); }, (error: unknown) => setCode(codeOf(error)),
    );
  };
  return (
    <section class="card pad stack" id={PARTS.recall} aria-label={t(S.recall)}>
      <h2>{t(S.recall)}</h2>
      <p class="soft small">{t(S.recallNote)}</p>
      <form class="three" onSubmit={look}>
        <label class="field"><span>{t(S.item)}</span><select value={item} onChange={(e) => setItem(e.currentTarget.value)}>{items().map((one) => <option key={one.code} value={one.code}>{t(both(one))}</option>)}</select></label>
        <label class="field"><span>{t(S.lot)}</span><input required maxLength={40} list="lots" autocomplete="off" value={lot} onInput={(e) => setLot(e.currentTarget.value)} /><datalist id="lots">{lots.map((one) => <option key={one} value={one} />)}</datalist></label>
        <button class="btn" type="submit">{t(S.look)}</button>
      </form>
      {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
      {found ? <Found found={found} /> : null}
    </section>
  );
}
