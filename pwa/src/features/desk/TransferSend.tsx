/** Her record goes along: she picks, sees exactly what goes, says yes before a witness. */
import { useState } from 'preact/hooks';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Icon, Note } from '../../ui/signs';
import { HerYes, LACKS, lacking, NOT_YET, saidYes } from '../../ui/yes';
import { sayDeskCode } from './deskCodes';
import { Asked, Head } from './parts';
import { ContentLines } from './TransferParts';
import type { TransferContent, TransferPlace } from './transferShapes';
import { ITEMS, TR } from './transferWords';
import { useDesk, useGet } from './wire';

interface Shown {
  readonly items: readonly string[];
  readonly content: TransferContent;
}

function Pick({ picked, onPick }: { picked: readonly string[]; onPick: (picked: readonly string[]) => void }) {
  const t = useT();
  return (
    <fieldset class="field stack"><legend>{t(TR.pick)} <span class="soft">{t(TR.pickHint)}</span></legend>
      {ITEMS.map((item) => (
        <label class="flex" key={item}><input type="checkbox" name={item} checked={picked.includes(item)} onChange={(e) => onPick(e.currentTarget.checked ? [...picked, item] : picked.filter((one) => one !== item))} /><span>{t(TR[item])}</span></label>
      ))}
    </fieldset>
  );
}

interface AgreeProps {
  person: string;
  shown: Shown;
  places: readonly TransferPlace[];
}

/** Where it goes, how she says yes, and sending it. */
function Agree({ person, shown, places }: AgreeProps) {
  const t = useT();
  const { transport } = useDesk();
  const { router } = useApp();
  const [to, setTo] = useState('');
  const [urgent, setUrgent] = useState(false);
  const [yes, setYes] = useState(NOT_YET);
  const [code, setCode] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const lack = lacking(yes);
  const send = (e: Event): void => {
    e.preventDefault();
    const place = places[Number(to)];
    setTried(true);
    if (!place || lack) return;
    transport.post(`/api/transfers/of/${person}`, { items: shown.items, to: place.code, server: place.server, urgent, seen: shown.content.seen, ...saidYes(yes) })
      .then(() => router.go('/desk/transfers'), (error: unknown) => setCode(codeOf(error)));
  };
  return (
    <form class="card pad stack" onSubmit={send}>
      <label class="field"><span>{t(TR.to)}</span>
        <select name="to" required value={to} onChange={(e) => setTo(e.currentTarget.value)}>
          <option value="">{t(TR.choose)}</option>
          {places.map((place, i) => <option key={i} value={String(i)}>{place.name}{place.server ? `（${t(TR.elsewhere)}）` : ''}</option>)}
        </select>
      </label>
      <label class="flex"><input type="checkbox" name="urgent" checked={urgent} onChange={(e) => setUrgent(e.currentTarget.checked)} /><span>{t(TR.urgent)}</span></label>
      <HerYes yes={yes} onYes={setYes} />
      {tried && lack ? <Note tone="late" icon="warn" role="alert">{t(LACKS[lack])}</Note> : null}
      {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
      <p><button class="btn main" type="submit">{t(TR.agree)}</button></p>
    </form>
  );
}

export function TransferSendPage({ id }: { id: string }) {
  const t = useT();
  const { transport } = useDesk();
  const { router } = useApp();
  const [places, again] = useGet<{ places: readonly TransferPlace[] }>('/api/transfers/places');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [shown, setShown] = useState<Shown | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const pick = (items: readonly string[]): void => { setPicked(items); setShown(null); };
  const look = (): void => {
    setCode(null);
    transport.post<TransferContent>(`/api/transfers/of/${id}/preview`, { items: picked }).then((content) => setShown({ items: picked, content }), (error: unknown) => setCode(codeOf(error)));
  };
  return (
    <>
      <Head help="transfers" title={t(TR.start)}><button class="btn" type="button" onClick={() => router.back(`/desk/person/${id}`)}><Icon name="back" />{t(TR.back)}</button></Head>
      <section class="card pad stack"><p>{t(TR.why)}</p><Pick picked={picked} onPick={pick} />
        {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
        <p><button class="btn main" type="button" disabled={picked.length === 0} onClick={look}>{t(TR.look)}</button></p>
      </section>
      {shown ? (
        <>
          <h2>{t(TR.exactly)}</h2><ContentLines content={shown.content} />
          {shown.content.lines.length === 0 ? null : <Asked answer={places} again={again}>{(found) => <Agree person={id} shown={shown} places={found.places} />}</Asked>}
        </>
      ) : null}
    </>
  );
}
