/** The printed number, for the day the code is torn. It only finds her among those on this phone; she is still asked. */
import { useState } from 'preact/hooks';
import { isNumber, numberOfId } from '../../rules/card';
import { useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { Note } from '../../ui/signs';
import { AskHer } from './AskHer';
import { holders, type Holding } from './holders';
import { W } from './words';

type Found = { readonly at: 'typing' } | { readonly at: 'wrong' } | { readonly at: 'none' } | { readonly at: 'her'; readonly holder: Holding };

async function find(number: string, known: Iterable<Holding>): Promise<Found> {
  const plain = number.replace(/\s/g, '');
  if (!isNumber(plain)) return { at: 'wrong' };
  for (const holder of known) if ((await numberOfId(holder.token)) === plain) return { at: 'her', holder };
  return { at: 'none' };
}

export function NumberPage() {
  const t = useT();
  const { store } = useOpen();
  const [number, setNumber] = useState('');
  const [found, setFound] = useState<Found>({ at: 'typing' });
  const look = async () => setFound(await find(number, holders(store.bundles.value.values()).values()));
  return (
    <Page title={t(W.numberTitle)} parent="/scan">
      <form class="stack" onSubmit={(e) => { e.preventDefault(); void look(); }}>
        <label class="field"><span>{t(W.number)}</span><small class="hint">{t(W.numberHint)}</small>
          <input name="number" inputMode="numeric" autocomplete="off" maxLength={13} value={number} onInput={(e) => { setNumber(e.currentTarget.value); setFound({ at: 'typing' }); }} />
        </label>
        {found.at === 'her' ? null : <button class="btn main" type="submit">{t(W.find)}</button>}
      </form>
      {found.at === 'wrong' || found.at === 'none' ? <Note tone="late" icon="warn" role="alert">{t(found.at === 'wrong' ? W.numberWrong : W.numberNone)}</Note> : null}
      {found.at === 'her' ? <section class="card result"><p>{t(W.whose)}</p><AskHer holder={found.holder} /></section> : null}
    </Page>
  );
}
