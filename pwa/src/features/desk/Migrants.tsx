/** The monthly sheet about people who move: what the service did, each number open to its rows. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import { both, type T } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { formOf } from '../../ui/labels';
import { Link } from '../../ui/link';
import { M } from './migrantWords';
import { Asked } from './parts';
import { TR } from './transferWords';
import { ask, useGet } from './wire';
import { W } from './words';

const PARTS = ['arrived', 'left', 'served', 'sent', 'received', 'open'] as const;
type Part = (typeof PARTS)[number];

interface Sheet {
  readonly month: string;
  readonly counts: Readonly<Record<Part, number>>;
}

interface Behind {
  readonly rows: readonly { readonly id: string; readonly person: string | null; readonly name: string; readonly area: { readonly name: string }; readonly on: string; readonly what: string | null }[];
}

const STATES = ['waiting', 'sent', 'acknowledged', 'declined', 'revoked'] as const;

function sayWhat(t: T, what: string | null): string {
  const state = STATES.find((one) => one === what);
  if (what === null) return '';
  if (what === 'clinical') return t(W.clinical);
  return state ? t(TR[state]) : t(both(formOf(what) ?? { zh: what, en: what }));
}

function Rows({ month, part }: { month: string; part: Part }) {
  const t = useT();
  const { today } = useApp();
  const [answer, again] = useGet<Behind>(ask('/api/migrants/rows', { month, part }));
  return (
    <Asked answer={answer} again={again}>{({ rows }) => (
      <section class="card"><h3 class="row">{t(M[part])}</h3>
        {rows.length === 0 ? <p class="row soft">{t(TR.none)}</p> : null}
        {rows.map((row) => (
          <p class="row slim" key={row.id}><span class="grow">{row.person && row.name ? <Link to={`/desk/person/${row.person}`}>{row.name}</Link> : t(M.guest)} {sayWhat(t, row.what)}</span><span class="soft">{row.area.name}，{sayDay(t, row.on, today.value)}</span></p>
        ))}
      </section>
    )}</Asked>
  );
}

export function Migrants() {
  const t = useT();
  const { today } = useApp();
  const [month, setMonth] = useState(today.value.slice(0, 7));
  const [part, setPart] = useState<Part | null>(null);
  const [answer, again] = useGet<Sheet>(ask('/api/migrants', { month }));
  return (
    <section class="stack">
      <div class="card pad stack">
        <h2>{t(M.sheet)}</h2><p class="soft">{t(M.why)}</p>
        <label class="field"><span>{t(M.month)}</span><input type="month" name="month" required value={month} max={today.value.slice(0, 7)} onChange={(e) => { if (/^\d{4}-\d{2}$/.test(e.currentTarget.value)) setMonth(e.currentTarget.value); }} /></label>
        <Asked answer={answer} again={again}>{({ counts }) => (
          <ul class="plain">{PARTS.map((one) => (
            <li key={one}><button class="btn bare" type="button" aria-pressed={part === one} onClick={() => setPart(one)}>{t(M[one])} <b>{counts[one]}</b></button></li>
          ))}</ul>
        )}</Asked>
      </div>
      {part ? <Rows key={month + part} month={month} part={part} /> : null}
    </section>
  );
}
