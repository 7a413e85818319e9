/** Phones: a code for a new one, the list, and what to do about a lost one. */
import { useState } from 'preact/hooks';
import { sayHour } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Sheet } from '../../ui/sheet';
import { Mark, Note, Tag } from '../../ui/signs';
import { Empty } from '../../ui/states';
import { sayDeskCode } from './deskCodes';
import { Code } from './Code';
import { walk } from './keys';
import { ParcelFile } from './ParcelFile';
import { Asked, Head } from './parts';
import { PhonePanel } from './PhonePanel';
import { H2 } from './phoneWords';
import { daysSince, SILENT_DAYS } from './silence';
import { useDesk, useGet, type PhoneRow, type WorkerRow } from './wire';
import { W } from './words';

const STATES = { active: W.active, suspended: W.suspended, lost: W.lost, retired: W.retired } as const;
type Change = { phone: PhoneRow; state: 'lost' | 'retired' | 'active' | 'suspended' };
const TITLES = { lost: W.lostTitle, retired: W.revokeTitle, suspended: H2.suspendTitle, active: W.resumeTitle } as const;
const HINTS = { lost: H2.lostHint, retired: W.revokeHint, suspended: H2.suspendHint, active: W.resumeHint } as const;

/** A lost or retired phone: whether it has said that it obeyed. */
function Obeyed({ phone }: { phone: PhoneRow }) {
  const t = useT();
  const { today } = useApp();
  if (phone.state !== 'lost' && phone.state !== 'retired') return null;
  return <small class="soft"><br />{phone.wiped_at === null ? t(H2.notYet) : `${t(H2.wiped)} ${sayHour(t, phone.wiped_at, today.value)}`}</small>;
}

const unsentOf = (phone: PhoneRow): number => phone.stores.reduce((n, store) => n + (store.unsent ?? 0), 0);

function Row({ phone, onChange, onLook }: { phone: PhoneRow; onChange: (change: Change) => void; onLook: () => void }) {
  const t = useT();
  const { today } = useApp();
  const seen = phone.last_seen;
  const silent = phone.state === 'active' && seen !== null && daysSince(seen, today.value) >= SILENT_DAYS;
  const state = phone.state in STATES ? t(STATES[phone.state as keyof typeof STATES]) : phone.state;
  return (
    <tr>
      <th scope="row">{phone.worker.name} <span class="soft">{phone.label}</span></th>
      <td><Tag tone={phone.state === 'active' ? 'ok' : 'late'}>{state}</Tag><Obeyed phone={phone} /></td>
      <td>{silent ? <span title={t(W.silent)}><Mark at="ask" /> </span> : null}{seen === null ? t(W.never) : sayHour(t, seen, today.value)}</td>
      <td class="n">{unsentOf(phone)}</td>
      <td class="n">
        <button class="btn bare" type="button" data-row aria-label={`${t(H2.look)}: ${t(H2.title, { name: phone.worker.name })}`} onClick={onLook}>{t(H2.look)}</button>
        {phone.state === 'active' ? (
          <><button class="btn bare" type="button" onClick={() => onChange({ phone, state: 'suspended' })}>{t(H2.suspend)}</button><button class="btn bare" type="button" onClick={() => onChange({ phone, state: 'lost' })}>{t(W.isLost)}</button><button class="btn bare" type="button" onClick={() => onChange({ phone, state: 'retired' })}>{t(W.revoke)}</button></>
        ) : phone.state === 'suspended' ? <button class="btn bare" type="button" onClick={() => onChange({ phone, state: 'active' })}>{t(W.resume)}</button> : null}
      </td>
    </tr>
  );
}

function Confirm({ change, onClose, onDone }: { change: Change; onClose: () => void; onDone: () => void }) {
  const t = useT();
  const { transport } = useDesk();
  const [code, setCode] = useState<string | null>(null);
  const { phone, state } = change;
  const go = (): void => void transport.post(`/api/phones/${phone.id}/state`, { state }).then(onDone, (error: unknown) => setCode(codeOf(error)));
  return (
    <Sheet title={t(TITLES[state], { name: phone.worker.name })} onClose={onClose}>
      <p>{t(HINTS[state])} {unsentOf(phone) > 0 ? t(W.revokeUnsent, { n: unsentOf(phone) }) : ''}</p>
      {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
      <div class="pair"><button class="btn" type="button" onClick={onClose}>{t(W.no)}</button><button class="btn main" type="button" onClick={go}>{t(W.yes)}</button></div>
    </Sheet>
  );
}

function List({ phones, onChange, onLook }: { phones: readonly PhoneRow[]; onChange: (change: Change) => void; onLook: (phone: PhoneRow) => void }) {
  const t = useT();
  if (phones.length === 0) return <Empty icon="mobile">{t(W.noPhones)}</Empty>;
  return (
    <section class="card wide" onKeyDown={walk}>
      <table>
        <thead><tr><th scope="col">{t(W.phoneWho)}</th><th scope="col">{t(W.state)}</th><th scope="col">{t(W.lastSeen)}</th><th class="n" scope="col">{t(W.unsent)}</th><th scope="col"><span class="sr">{t(W.revoke)}</span></th></tr></thead>
        <tbody>{phones.map((phone) => <Row key={phone.id} phone={phone} onChange={onChange} onLook={() => onLook(phone)} />)}</tbody>
      </table>
    </section>
  );
}

export function PhonesPage() {
  const t = useT();
  const [phones, again] = useGet<{ phones: PhoneRow[] }>('/api/phones');
  const [workers, workersAgain] = useGet<{ workers: WorkerRow[] }>('/api/workers');
  const [change, setChange] = useState<Change | null>(null);
  const [look, setLook] = useState<PhoneRow | null>(null);
  const done = (): void => {
    setChange(null);
    again();
  };
  return (
    <>
      <Head help="phones" title={t(W.phones)} />
      <Asked answer={workers} again={workersAgain}>{(found) => <Code workers={found.workers} />}</Asked>
      <Asked answer={phones} again={again}>{(found) => <List phones={found.phones} onChange={setChange} onLook={setLook} />}</Asked>
      <ParcelFile onDone={again} />
      {change ? <Confirm change={change} onClose={() => setChange(null)} onDone={done} /> : null}
      {look ? <PhonePanel key={look.id} phone={look} onClose={() => setLook(null)} /> : null}
    </>
  );
}
