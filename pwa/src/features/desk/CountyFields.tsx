/** The usual range of a question and what it offers: decided with a ground, every decision stays. */
import { useState } from 'preact/hooks';
import { dayOf } from '../../clock';
import { sayDay } from '../../i18n/days';
import { both } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { Note } from '../../ui/signs';
import { Decide } from './CountyDecide';
import { rangeOf, sayAfter, sayRange, type CountyFields, type FieldInForce } from './countyFields';
import { CF } from './countyFieldWords';
import { sayGround, toggled } from './countyValues';
import { CO, TR } from './countyWords';
import { Asked } from './parts';
import { useGet } from './wire';

type Saved = (told: CountyFields) => void;

function Offered({ one, hidden, onPick }: { one: FieldInForce; hidden: ReadonlySet<string>; onPick: (code: string) => void }) {
  const t = useT();
  return (
    <fieldset><legend>{t(CF.offered)}</legend>
      {one.options.map((option) => (
        <label class="flex pick-row" key={option.code}><input type="checkbox" checked={!hidden.has(option.code)} disabled={!one.hideable.includes(option.code)} onChange={() => onPick(option.code)} /><span>{t(both(option))}</span></label>
      ))}
    </fieldset>
  );
}

/** Mounted anew for each question and decision, so that it begins as it stands. */
function Form({ one, onSaved }: { one: FieldInForce; onSaved: Saved }) {
  const t = useT();
  const begun = (sayRange(one.warn, one) || '—').split('—');
  const [typed, setTyped] = useState<readonly [string, string]>([begun[0] ?? '', begun[1] ?? '']);
  const [hidden, hide] = useState<ReadonlySet<string>>(new Set(one.hidden));
  const warn = rangeOf(typed, one);
  const book = one.own ? t(CF.book, { range: sayRange(one.own, one) }) : '';
  return (
    <>
      {one.type !== 'int' ? null : (
        <>
          <p class="soft">{t(CF.taken, { range: sayRange([one.min, one.max], one), own: book })} {sayGround(t, one.status)}{t.lang === 'zh' ? '。' : '. '}{one.tighten ? t(CF.narrow) : ''}</p>
          <div class="flex gap">
            <label class="field flex"><span>{t(CF.from)}</span><input class="days" inputMode="decimal" value={typed[0]} onInput={(e) => setTyped([e.currentTarget.value, typed[1]])} /></label>
            <label class="field flex"><span>{t(CF.to)}</span><input class="days" inputMode="decimal" value={typed[1]} onInput={(e) => setTyped([typed[0], e.currentTarget.value])} /></label>
          </div>
          {warn ? <p>{t(CF.preview, { range: sayRange(warn, one) })}</p> : null}
        </>
      )}
      {one.hideable.length > 0 ? <Offered one={one} hidden={hidden} onPick={(code) => hide(toggled(hidden, code))} /> : null}
      {warn === undefined ? null : <Decide<CountyFields> path="/api/county/fields" body={{ field: one.id, warn, hidden: [...hidden], seen: one.number }} word={CF.save} onSaved={onSaved} />}
    </>
  );
}

function History({ told }: { told: CountyFields }) {
  const t = useT();
  const { today } = useApp();
  if (told.history.length === 0) return null;
  return (
    <details><summary>{t(CF.history, { n: told.history.length })}</summary>
      <ul>{told.history.map((decision) => {
        const one = told.fields.find(({ id }) => id === decision.field);
        return <li key={decision.version}>{t(TR.turn, { n: decision.version })} <b>{one ? t(both(one)) : ''}</b> {one ? sayAfter(t, decision, one) : ''}<p class="soft">{t(CO.who, { by: decision.by, day: sayDay(t, dayOf(decision.at), today.value), ground: decision.ground })}</p></li>;
      })}</ul>
    </details>
  );
}

function Fields({ first }: { first: CountyFields }) {
  const t = useT();
  const [told, setTold] = useState(first);
  const [saved, setSaved] = useState(false);
  const [id, setId] = useState(first.fields[0]?.id ?? '');
  const one = told.fields.find((field) => field.id === id);
  return (
    <>
      <label class="field flex"><span>{t(CF.which)}</span><select value={id} onChange={(e) => { setId(e.currentTarget.value); setSaved(false); }}>{told.fields.map((field) => <option key={field.id} value={field.id}>{t(both(field.form))}　{t(both(field))}</option>)}</select></label>
      {saved ? <Note tone="ok" icon="tick" role="status">{t(CF.saved)}</Note> : null}
      {one ? <Form key={`${id}/${one.number}`} one={one} onSaved={(next) => { setTold(next); setSaved(true); }} /> : null}
      <History told={told} />
    </>
  );
}

export function CountyFieldsCard() {
  const t = useT();
  const [answer, again] = useGet<CountyFields>('/api/county/fields');
  return (
    <section class="card pad stack">
      <h2>{t(CF.title)}</h2>
      <p class="soft">{t(CF.why)}</p>
      <Asked answer={answer} again={again}>{(first) => <Fields first={first} />}</Asked>
    </section>
  );
}
