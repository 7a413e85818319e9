/** What a transfer holds, and saving a file. */
import { sayDay } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import type { TransferContent } from './transferShapes';
import { TR } from './transferWords';

export function ContentLines({ content }: { content: TransferContent }) {
  const t = useT();
  const { today } = useApp();
  if (content.lines.length === 0) return <p>{t(TR.nothing)}</p>;
  return (
    <ul class="card answers">{content.lines.map((line, i) => (
      <li class="row slim" key={i}>
        <span class="grow"><b>{line.zh}</b> {line.answers ? line.answers.map((one) => `${one.zh} ${one.value}`).join('，') : <span class="soft">{t(TR.closed)}</span>}</span>
        <span class="soft nb">{sayDay(t, line.on, today.value)}</span>
      </li>
    ))}</ul>
  );
}

/** Lets the browser save bytes under a name. */
export function saveFile(bytes: BlobPart, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
