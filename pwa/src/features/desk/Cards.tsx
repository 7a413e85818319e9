/** Service cards: sheets to print, what was printed, and a bundle that was lost. No card names anybody. */
import { useEffect, useState } from 'preact/hooks';
import { local, sayDay } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Sheet } from '../../ui/sheet';
import { Icon, Note, Tag } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { AgreePart } from './Agree';
import { C } from './cardWords';
import { sayDeskCode } from './deskCodes';
import { walk } from './keys';
import { Asked, Head } from './parts';
import { StationPart } from './Station';
import { useDesk, useGet, type CardRun, type CardsMade, type CardsPrinted } from './wire';

/** As the server takes them at once. */
const MOST = 20;
const PER_SHEET = 10;
const six = (number: number): string => String(number).padStart(6, '0');
const range = ({ first, last }: { first: number; last: number }): string => (first === last ? six(first) : `${six(first)}–${six(last)}`);

/** The paper as a file that can be saved; given back when the page closes. */
function usePaper(file: string): string {
  const [address, setAddress] = useState('');
  useEffect(() => {
    const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
    const made = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}

function Made({ made }: { made: CardsMade }) {
  const t = useT();
  const address = usePaper(made.file);
  return (
    <>
      <Note tone="ok" icon="tick" role="status">
        <p><b>{t(C.made, { first: six(made.first), last: six(made.last), n: (made.last - made.first + 1) * PER_SHEET })}</b></p>
        <p>{t(C.paper)}</p><p>{t(C.once)}</p>
      </Note>
      <p><a class="btn main" href={address} download={`cards-${six(made.first)}-${six(made.last)}.pdf`}><Icon name="print" />{t(C.save)}</a></p>
    </>
  );
}

function Print({ onMade }: { onMade: () => void }) {
  const t = useT();
  const { transport } = useDesk();
  const [count, setCount] = useState('1');
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<CardsMade | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const make = async (e: Event): Promise<void> => {
    e.preventDefault();
    setBusy(true);
    setCode(null);
    await transport.post<CardsMade>('/api/cards/sheets', { sheets: Number(count) }).then((found) => { setMade(found); onMade(); }, (error: unknown) => setCode(codeOf(error)));
    setBusy(false);
  };
  return (
    <>
      <form class="flex" onSubmit={(e) => void make(e)}>
        <label class="field flex grow"><span>{t(C.sheets, { most: MOST })}</span><input type="number" name="sheets" required min={1} max={MOST} value={count} onInput={(e) => setCount(e.currentTarget.value)} /></label>
        <button class="btn main" type="submit" disabled={busy}>{t(busy ? C.making : C.make)}</button>
      </form>
      {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
      {made ? <Made made={made} /> : null}
    </>
  );
}

function Runs({ told, onStop }: { told: CardsPrinted; onStop: (run: CardRun) => void }) {
  const t = useT();
  const { today } = useApp();
  if (told.runs.length === 0) return <Empty icon="scan">{t(C.none)}</Empty>;
  return (
    <section class="card wide" onKeyDown={walk}>
      <table>
        <caption>{t(C.total, { sheets: told.sheets, cards: told.cards, stopped: told.stopped })}</caption>
        <thead><tr><th scope="col">{t(C.pages)}</th><th scope="col">{t(C.printedAt)}</th><th scope="col">{t(C.until)}</th><th scope="col">{t(C.state)}</th><th scope="col"><span class="sr">{t(C.isLost)}</span></th></tr></thead>
        <tbody>{told.runs.map((run) => (
          <tr key={run.first}>
            <th scope="row" class="nb">{range(run)}</th><td>{sayDay(t, local(run.printed_at).day, today.value)}</td><td>{sayDay(t, run.expires, today.value)}</td>
            <td><Tag tone={run.stopped ? 'late' : 'ok'}>{t(run.stopped ? C.stopped : C.inForce)}</Tag></td>
            <td class="n">{run.stopped ? null : <button class="btn bare" type="button" data-row onClick={() => onStop(run)}>{t(C.isLost)}</button>}</td>
          </tr>
        ))}</tbody>
      </table>
    </section>
  );
}

/** A number of cards, no list of them; only a sheet that may have been copied is named. */
function HeldOut({ scans }: { scans: CardsPrinted['scans'] }) {
  const t = useT();
  return (
    <section class="card pad stack"><h2>{t(C.heldOut)}</h2><p>{t(C.scans, { today: scans.today, month: scans.month })}</p>
      {scans.sheets.length > 0 ? <Note tone="late" icon="warn">{t(C.twoPlaces, { sheets: scans.sheets.map(six).join('、') })}</Note> : null}
    </section>
  );
}

function Stop({ run, onClose, onDone }: { run: CardRun; onClose: () => void; onDone: () => void }) {
  const t = useT();
  const { transport } = useDesk();
  const [first, setFirst] = useState(String(run.first));
  const [last, setLast] = useState(String(run.last));
  const [code, setCode] = useState<string | null>(null);
  const go = (e: Event): void => {
    e.preventDefault();
    transport.post('/api/cards/sheets/stop', { first: Number(first), last: Number(last) }).then(onDone, (error: unknown) => setCode(codeOf(error)));
  };
  return (
    <Sheet title={t(C.stopTitle)} onClose={onClose}>
      <form class="stack" onSubmit={go}>
        <p>{t(C.stopHint)}</p>
        <div class="pair">
          <label class="field"><span>{t(C.from)}</span><input type="number" name="first" required min={run.first} max={run.last} value={first} onInput={(e) => setFirst(e.currentTarget.value)} /></label>
          <label class="field"><span>{t(C.to)}</span><input type="number" name="last" required min={Number(first)} max={run.last} value={last} onInput={(e) => setLast(e.currentTarget.value)} /></label>
        </div>
        {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
        <div class="pair"><button class="btn" type="button" onClick={onClose}>{t(C.no)}</button><button class="btn main" type="submit">{t(C.yes)}</button></div>
      </form>
    </Sheet>
  );
}

export function CardsPage() {
  const t = useT();
  const [told, again] = useGet<CardsPrinted>('/api/cards');
  const [stop, setStop] = useState<CardRun | null>(null);
  const done = (): void => {
    setStop(null);
    again();
  };
  return (
    <>
      <Head help="cards" title={t(C.cards)} />
      <Asked answer={told} again={again}>{(found) => (
        <>
          <section class="card pad stack"><h2>{t(C.printNew)}</h2><p>{t(C.nobody)}</p>{found.host === null ? <Note tone="late" icon="warn">{t(C.noHost)}</Note> : <Print onMade={again} />}</section>
          <Runs told={found} onStop={setStop} />
          <HeldOut scans={found.scans} />
        </>
      )}</Asked>
      <AgreePart />
      <StationPart />
      {stop ? <Stop run={stop} onClose={() => setStop(null)} onDone={done} /> : null}
    </>
  );
}
