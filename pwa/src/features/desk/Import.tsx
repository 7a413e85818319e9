/** Importing a register: choose a file, see what would change, then import. It goes on when this page is closed. */
import { useEffect, useState } from 'preact/hooks';
import { useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Link } from '../../ui/link';
import { Icon, Note } from '../../ui/signs';
import { sayDeskCode } from './deskCodes';
import type { Upload } from './importShapes';
import { I } from './importWords';
import { Asked, Head } from './parts';
import { Preview } from './Preview';
import { atWork, sendFile, sums } from './upload';
import { useDesk, useGet } from './wire';

const ASK_AGAIN_MS = 700;

type Sending = { at: 'none' } | { at: 'sending'; name: string; size: number; sent: number } | { at: 'failed'; code: string };

function Pick({ onFile, first }: { onFile: (file: File) => void; first: boolean }) {
  const t = useT();
  return (
    <section class="card pad stack">
      {first ? <><h2>{t(I.pick)}</h2><p class="soft">{t(I.pickHint)}</p></> : null}
      <label class="btn main file"><Icon name="bring" />{t(first ? I.choose : I.another)}
        <input type="file" class="sr" accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" onChange={(e) => { const file = e.currentTarget.files?.[0]; if (file) onFile(file); e.currentTarget.value = ''; }} />
      </label>
    </section>
  );
}

function Working({ title, done, total, said }: { title: string; done: number; total: number; said: string }) {
  const t = useT();
  return (
    <section class="card pad stack" role="status">
      <h2>{title}</h2>
      <progress class="progress" aria-label={title} {...(total > 0 ? { value: done, max: total } : {})} />
      <p>{said}　<span class="soft">{t(I.meanwhile)}</span></p>
    </section>
  );
}

function Done({ upload }: { upload: Upload }) {
  const t = useT();
  const came = upload.found?.came;
  if (!came) return null;
  const odd = came.conflicts + came.not_written;
  return (
    <Note tone="ok" icon="tick" role="status">
      <b>{t(I.done, { taken: came.taken, unchanged: came.unchanged })}</b>
      {odd > 0 ? <p><Link class="btn" to="/desk/inbox">{t(I.clashes, { n: odd })}</Link></p> : null}
    </Note>
  );
}

function Standing({ upload, onConfirm, onDrop }: { upload: Upload; onConfirm: () => void; onDrop: () => void }) {
  const t = useT();
  const { found } = upload;
  if (upload.state === 'reading') return <Working title={`${t(I.reading)} ${upload.name}`} done={upload.done} total={upload.total} said={t(I.readRows, { n: upload.done })} />;
  if (upload.state === 'writing') return <Working title={`${t(I.writing)} ${upload.name}`} done={upload.done} total={upload.total} said={t(I.wrote, { n: upload.done, total: upload.total })} />;
  if (upload.state === 'refused') return <Note tone="late" icon="warn" role="alert"><b>{upload.name}</b><p>{t(I.refused, { why: sayDeskCode(t, upload.code ?? '') })}</p></Note>;
  if (!found) return null;
  const all = sums(found);
  const n = all.new + all.changed;
  return (
    <>
      {upload.state === 'ready' ? (
        <section class="card pad flex wrap gap" role="status"><b class="grow">{upload.name}　{t(n > 0 ? I.wouldBe : I.nothing)}</b>
          <button class="btn" type="button" onClick={onDrop}>{t(I.drop)}</button>
          {n > 0 ? <button class="btn main" type="button" onClick={onConfirm}>{t(I.go, { n })}</button> : null}
        </section>
      ) : <Done upload={upload} />}
      <Preview found={found} marked={`/api/imports/${upload.id}/marked`} />
    </>
  );
}

/** Asks again while the server is at work. */
function useAgain(upload: Upload | null | undefined, again: () => void): void {
  useEffect(() => {
    if (!upload || !atWork(upload)) return undefined;
    const timer = setTimeout(again, ASK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [upload]);
}

export function ImportPage() {
  const t = useT();
  const { transport } = useDesk();
  const [answer, again] = useGet<{ upload: Upload | null }>('/api/imports');
  const [sending, setSending] = useState<Sending>({ at: 'none' });
  const upload = answer.at === 'here' ? answer.value.upload : undefined;
  useAgain(upload, again);
  const failed = (error: unknown): void => setSending({ at: 'failed', code: codeOf(error) });
  const send = (file: File): void => {
    const told = (sent: number): void => setSending({ at: 'sending', name: file.name, size: file.size, sent });
    told(0);
    sendFile(transport, file, told).then(() => { setSending({ at: 'none' }); again(); }, failed);
  };
  const act = (path: string) => (): void => { if (upload) transport.post(`/api/imports/${upload.id}/${path}`).then(again, failed); };
  const busy = sending.at === 'sending' || (upload ? atWork(upload) : false);
  return (
    <>
      <Head help="import" title={t(I.title)} />
      {sending.at === 'failed' ? <Note tone="late" icon="warn" role="alert">{t(I.refused, { why: sayDeskCode(t, sending.code) })}</Note> : null}
      {sending.at === 'sending' ? <Working title={t(I.coming, { name: sending.name })} done={sending.sent} total={sending.size} said={`${String(Math.round((100 * sending.sent) / sending.size))}%`} /> : (
        <Asked answer={answer} again={again}>{({ upload: found }) => (
          <>
            {found && found.state !== 'coming' ? <Standing upload={found} onConfirm={act('confirm')} onDrop={act('drop')} /> : null}
            {busy ? null : <Pick first={!found || found.state === 'coming'} onFile={send} />}
          </>
        )}</Asked>
      )}
    </>
  );
}
