/** Transfers of the township: sent and received, answering, taking back. */
import { useState } from 'preact/hooks';
import { sayDay } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Note, Tag } from '../../ui/signs';
import { sayDeskCode } from './deskCodes';
import { Migrants } from './Migrants';
import { Asked, Head } from './parts';
import { FilePart } from './TransferFile';
import { bytesOf, ContentLines, saveFile } from './TransferParts';
import { Servers, TakeLetter } from './TransferServers';
import type { TransferContent, TransferList, TransferRow } from './transferShapes';
import { TR } from './transferWords';
import { useDesk, useGet } from './wire';

interface DeedProps {
  row: TransferRow;
  onDone: () => void;
  onFailed: (code: string) => void;
}

/** Acknowledge, or decline with a reason. */
function Answer({ row, onDone, onFailed }: DeedProps) {
  const t = useT();
  const { transport } = useDesk();
  const [reason, setReason] = useState('');
  const answer = (decision: string): void => { transport.post(`/api/transfers/${row.id}/answer`, { decision, reason }).then(onDone, (error: unknown) => onFailed(codeOf(error))); };
  return (
    <div class="stack">
      <label class="field"><span>{t(TR.reason)}</span><input name="reason" maxLength={200} value={reason} onInput={(e) => setReason(e.currentTarget.value)} /></label>
      <p class="flex"><button class="btn main" type="button" onClick={() => answer('acknowledged')}>{t(TR.take)}</button><button class="btn" type="button" disabled={reason.trim() === ''} onClick={() => answer('declined')}>{t(TR.refuse)}</button></p>
    </div>
  );
}

function Revoke({ row, onDone, onFailed }: DeedProps) {
  const t = useT();
  const { transport } = useDesk();
  const [sure, setSure] = useState(false);
  const press = (): void => {
    if (!sure) return setSure(true);
    transport.post(`/api/transfers/${row.id}/revoke`, {}).then(onDone, (error: unknown) => onFailed(codeOf(error)));
  };
  return <button class="btn" type="button" onClick={press}>{t(sure ? TR.revokeSure : TR.revoke)}</button>;
}

/** For another server: what is to be brought there, if anything. */
const hasFile = (row: TransferRow): boolean => row.peer !== null && (row.side === 'out' ? row.state !== 'declined' : row.state === 'acknowledged' || row.state === 'declined');

function Row(props: DeedProps) {
  const t = useT();
  const { transport } = useDesk();
  const { today } = useApp();
  const { row, onDone, onFailed } = props;
  const [content, setContent] = useState<TransferContent | null>(null);
  const open = (): void => { transport.get<TransferContent>(`/api/transfers/${row.id}/${row.side}`).then(setContent, (error: unknown) => { onFailed(codeOf(error)); onDone(); }); };
  const fetchFile = (): void => { transport.post<{ file: string }>(`/api/transfers/${row.id}/letter`, {}).then(({ file }) => { saveFile(bytesOf(file), `transfer-${row.id.slice(0, 8)}-${row.state}.json`); onDone(); }, (error: unknown) => onFailed(codeOf(error))); };
  const waits = row.state === 'waiting' || row.state === 'sent';
  return (
    <article class="card pad stack">
      <div class="flex"><h3 class="grow">{row.name} <span class="soft">{t(row.side === 'out' ? TR.out : TR.in, { place: row.other_name })}</span></h3>
        <Tag tone={row.state === 'acknowledged' ? 'ok' : 'late'}>{t(TR[row.state])}</Tag></div>
      <p>{row.items.map((item) => t(TR[item as 'supply'])).join('、')} <span class="soft">{waits ? t(TR.due, { day: sayDay(t, row.due_on, today.value) }) : row.reason}{row.late ? `，${t(TR.late)}` : ''}</span></p>
      {row.side === 'out' && row.state === 'revoked' && row.peer ? <p>{t(TR.bring)}</p> : null}
      {content ? <ContentLines content={content} /> : null}
      <p class="flex">
        {row.state === 'declined' || row.state === 'revoked' || content ? null : <button class="btn" type="button" onClick={open}>{t(TR.open)}</button>}
        {hasFile(row) ? <button class="btn" type="button" onClick={fetchFile}>{t(TR.file)}</button> : null}
        {row.side === 'out' && row.state !== 'declined' && row.state !== 'revoked' ? <Revoke {...props} /> : null}
      </p>
      {row.side === 'in' && row.state === 'sent' && content ? <Answer {...props} /> : null}
      {row.side === 'in' && row.state === 'acknowledged' ? <FilePart {...props} /> : null}
    </article>
  );
}

export function TransfersPage() {
  const t = useT();
  const [told, again] = useGet<TransferList>('/api/transfers');
  const [code, setCode] = useState<string | null>(null);
  const done = (): void => { setCode(null); again(); };
  return (
    <>
      <Head help="transfers" title={t(TR.transfers)} />
      <Asked answer={told} again={again}>{({ transfers, rates, mark }) => (
        <div class="two">
          <div class="stack">
            <p class="soft">{t(TR.rates, { sent: rates.sent, asked: rates.asked, answered: rates.answered, received: rates.received, intime: rates.in_time })}</p>
            {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
            {transfers.length === 0 ? <p class="card pad">{t(TR.none)}</p> : transfers.map((row) => <Row key={row.side + row.id + row.state + (row.person ?? '')} row={row} onDone={done} onFailed={setCode} />)}
          </div>
          <div class="stack"><Migrants key={transfers.map((row) => row.state).join()} /><TakeLetter onDone={done} /><Servers mark={mark} /></div>
        </div>
      )}</Asked>
    </>
  );
}
