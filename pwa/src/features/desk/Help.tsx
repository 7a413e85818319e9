/** Help where the question comes up: what this page is for, and its keys. */
import { useState } from 'preact/hooks';
import { useT } from '../../ui/app';
import { Sheet } from '../../ui/sheet';
import { H, HELP, KEYS, type HelpName } from './helpWords';
import { useKeys } from './keys';
import { useDesk } from './wire';

function Panel({ name, onClose }: { name: HelpName; onClose: () => void }) {
  const t = useT();
  const { shortcuts, onShortcuts } = useDesk();
  return (
    <Sheet title={t(H.help)} onClose={onClose}>
      <ul class="help">{HELP[name].map((line) => <li key={line[0]}>{t(line)}</li>)}</ul>
      <h3>{t(H.keys)}</h3>
      <dl class="help-keys">{KEYS.map(({ keys, what }) => <div class="flex" key={what[0]}><dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt><dd>{t(what)}</dd></div>)}</dl>
      <label class="flex tall"><input type="checkbox" checked={shortcuts} onChange={(e) => onShortcuts(e.currentTarget.checked)} />{t(H.on)}</label>
      <button class="btn main" type="button" onClick={onClose}>{t(H.close)}</button>
    </Sheet>
  );
}

export function HelpButton({ name }: { name: HelpName }) {
  const t = useT();
  const { shortcuts } = useDesk();
  const [open, setOpen] = useState(false);
  useKeys((key) => {
    if (!shortcuts || key !== '?') return false;
    setOpen(true);
    return true;
  });
  return (
    <>
      <button class="btn bare ask" type="button" aria-label={t(H.help)} aria-haspopup="dialog" onClick={() => setOpen(true)}><kbd>?</kbd></button>
      {open ? <Panel name={name} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
