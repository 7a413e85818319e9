/** Files from other stations, and the servers that are known. */
import { useState } from 'preact/hooks';
import { useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Icon, Note } from '../../ui/signs';
import type { Word } from '../../i18n/words';
import { sayDeskCode } from './deskCodes';
import { saveFile } from './TransferParts';
import { TR } from './transferWords';
import { base64 } from './upload';
import { useDesk } from './wire';

type Said = { at: 'nothing' } | { at: 'done'; word: Word } | { at: 'failed'; code: string };

function Told({ said }: { said: Said }) {
  const t = useT();
  if (said.at === 'nothing') return null;
  return said.at === 'done' ? <Note tone="ok" icon="tick" role="status">{t(said.word)}</Note> : <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, said.code)}</Note>;
}

function FileButton({ word, disabled = false, onFile }: { word: Word; disabled?: boolean; onFile: (file: File) => Promise<void> }) {
  const t = useT();
  return (
    <label class="btn file"><Icon name="bring" />{t(word)}
      <input type="file" class="sr" disabled={disabled} accept=".json,application/json" onChange={(e) => { const file = e.currentTarget.files?.[0]; if (file) void onFile(file); e.currentTarget.value = ''; }} />
    </label>
  );
}

const failed = (error: unknown): Said => ({ at: 'failed', code: error instanceof SyntaxError ? 'broken_letter' : codeOf(error) });

export function TakeLetter({ onDone }: { onDone: () => void }) {
  const t = useT();
  const { transport } = useDesk();
  const [said, setSaid] = useState<Said>({ at: 'nothing' });
  const take = async (file: File): Promise<void> => {
    await transport.post('/api/transfers/take', { file: base64(new Uint8Array(await file.arrayBuffer())) }).then(() => { setSaid({ at: 'done', word: TR.taken }); onDone(); }, (error: unknown) => setSaid(failed(error)));
  };
  return <section class="card pad stack"><h2>{t(TR.letter)}</h2><p class="soft">{t(TR.letterWhy)}</p><FileButton word={TR.chooseFile} onFile={take} /><Told said={said} /></section>;
}

export function Servers({ mark }: { mark: string }) {
  const t = useT();
  const { transport } = useDesk();
  const [theirs, setTheirs] = useState('');
  const [said, setSaid] = useState<Said>({ at: 'nothing' });
  const save = (): void => { transport.get<object>('/api/transfers/server').then((card) => saveFile(JSON.stringify(card), 'suifang-server.json'), (error: unknown) => setSaid(failed(error))); };
  const know = async (file: File): Promise<void> => {
    try {
      await transport.post('/api/transfers/servers', { card: JSON.parse(await file.text()) as object, mark: theirs });
      setSaid({ at: 'done', word: TR.known });
    } catch (error) {
      setSaid(failed(error));
    }
  };
  return (
    <section class="card pad stack"><h2>{t(TR.servers)}</h2><p class="soft">{t(TR.serversWhy)}</p>
      <p class="flex"><b class="grow">{t(TR.mark, { mark })}</b><button class="btn" type="button" onClick={save}>{t(TR.ownCard)}</button></p>
      <label class="field"><span>{t(TR.theirMark)}</span><input name="mark" maxLength={12} value={theirs} onInput={(e) => setTheirs(e.currentTarget.value)} /></label>
      <FileButton word={TR.theirCard} disabled={theirs.trim().length !== mark.length} onFile={know} /><Told said={said} />
    </section>
  );
}
