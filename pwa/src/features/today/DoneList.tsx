/** Done today stays in sight, with undo until it is sent. */
import { useState } from 'preact/hooks';
import { local } from '../../i18n/days';
import { maskName } from '../../i18n/masks';
import { useApp, useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { sayDoor } from '../../ui/household';
import { Icon, Mark, Note, Plate } from '../../ui/signs';
import { Growing } from '../../ui/growing';
import { Link } from '../../ui/link';
import { sayRecord } from '../../ui/record';
import { doneToday, type Done } from './done';
import { W } from './words';

/** The record that names the visit: not the consent that went before it. */
const spoken = (done: Done) => done.records.find((r) => r.form === 'household_visit') ?? done.records[0];

function DoneRow({ done, onUndo }: { done: Done; onUndo: () => void }) {
  const t = useT();
  const { settings, today } = useApp();
  const covered = settings.covered.value;
  const record = spoken(done);
  const hour = record?.at === undefined ? '' : local(record.at).hour;
  const name = covered ? maskName(done.person.name) : done.person.name;
  const where = done.records.some((r) => r.where === 'ask') ? 'ask' : done.records.some((r) => r.where === 'here') ? 'here' : 'town';
  return (
    <li class="card">
      <div class="row door">
        <Mark at={where} />
        <Link class="grow tall" to={`/person/${done.person.id}`}><span>{done.bundle.household.none ? null : <><Plate>{sayDoor(t, done.bundle.household)}</Plate> </>}{name}{record && !covered ? `，${sayRecord(t, record, today.value)}` : ''} <span class="soft">{hour}</span></span></Link>
        {done.undoable ? <button class="btn bare" type="button" aria-label={t(W.undoLong, { name })} onClick={onUndo}><Icon name="undo" />{t(W.undo)}</button> : null}
      </div>
    </li>
  );
}

type Said = { at: 'silent' } | { at: 'told'; words: string } | { at: 'sent'; done: Done };

/** Takes back all she recorded for one person today, newest first; what is on its way already can be voided instead. */
function useUndo() {
  const t = useT();
  const { store } = useOpen();
  const [said, setSaid] = useState<Said>({ at: 'silent' });
  const tell = (words: string): void => setSaid({ at: 'told', words });
  const undo = async (done: Done): Promise<void> => {
    try {
      for (const record of done.records) await store.undo(record.id);
      tell(t(W.undone, { name: done.person.name }));
    } catch (error) {
      if (codeOf(error) === 'already_sent') setSaid({ at: 'sent', done });
      else tell(sayCode(t, codeOf(error)));
    }
  };
  /** Her consent or her no was said all the same; only what was written about the visit is void. */
  const strike = async ({ records, person }: Done): Promise<void> => {
    for (const record of records.filter((r) => r.form !== 'consent' && r.status === 'live')) await store.voidRecord(record.id, t(W.struckWhy));
    tell(t(W.struck, { name: person.name }));
  };
  return { said, undo, strike };
}

function Told({ said, onStrike }: { said: Said; onStrike: (done: Done) => void }) {
  const t = useT();
  if (said.at === 'silent') return null;
  if (said.at === 'told') return <Note tone="ok" icon="undo" role="status">{said.words}</Note>;
  return (
    <Note tone="late" icon="warn" role="alert">
      <p>{t(W.onItsWay)}</p><button class="btn" type="button" onClick={() => onStrike(said.done)}><Icon name="bin" />{t(W.strike)}</button>
    </Note>
  );
}

/** They lie below the list; the others follow as she comes near. */
const FIRST_ROWS = 2;

/** What was recorded a moment ago stands on top, where she looks; the rest of the day below. */
export function DoneList({ just, besides }: { just?: string; besides?: string | undefined }) {
  const t = useT();
  const { today } = useApp();
  const { store } = useOpen();
  const { said, undo, strike } = useUndo();
  const all = doneToday(store.bundles.value, store.worker.value.id, today.value);
  const done = all.filter((one) => (just === undefined ? one.person.id !== besides : one.person.id === just));
  if (done.length === 0 && said.at === 'silent') return null;
  return (
    <>
      <h2>{t(just === undefined ? W.done : W.just)} {just === undefined && store.whole.value ? <small>{t(W.doneHint, { n: done.length })}</small> : null}</h2>
      <Told said={said} onStrike={(one) => void strike(one)} />
      <Growing class="stack" items={done} begin={FIRST_ROWS}>{(one) => <DoneRow key={one.person.id} done={one} onUndo={() => void undo(one)} />}</Growing>
    </>
  );
}
