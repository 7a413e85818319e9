/** The printed number, for the day the code is torn. It only finds her among those on this phone; she is still asked. */
import { useState } from 'preact/hooks';
import type { Word } from '../../i18n/words';
import { isNumber, isOutOfUse, numberOfId } from '../../rules/card';
import type { Store } from '../../store/api';
import { useOpen, useT } from '../../ui/app';
import { Page } from '../../ui/frame';
import { Note } from '../../ui/signs';
import { AskHer } from './AskHer';
import { holders, lostCards, type Holding } from './holders';
import { W } from './words';

type Found = { readonly at: 'typing' } | { readonly at: 'wrong' } | { readonly at: 'none' } | { readonly at: 'gone' } | { readonly at: 'her'; readonly holder: Holding };

async function find(number: string, { bundles, cards }: Store): Promise<Found> {
  const plain = number.replace(/\s/g, '');
  if (!isNumber(plain)) return { at: 'wrong' };
  const is = async (token: string): Promise<boolean> => (await numberOfId(token)) === plain;
  for (const holder of holders(bundles.value.values()).values()) {
    if (await is(holder.token)) return cards.value && isOutOfUse(holder.token, cards.value) ? { at: 'gone' } : { at: 'her', holder };
  }
  for (const token of lostCards(bundles.value.values())) if (await is(token)) return { at: 'gone' };
  return { at: 'none' };
}

const TROUBLE: Readonly<Partial<Record<Found['at'], Word>>> = { wrong: W.numberWrong, none: W.numberNone, gone: W.numberGone };

export function NumberPage() {
  const t = useT();
  const { store } = useOpen();
  const [number, setNumber] = useState('');
  const [found, setFound] = useState<Found>({ at: 'typing' });
  const look = async () => setFound(await find(number, store));
  const trouble = TROUBLE[found.at];
  return (
    <Page title={t(W.numberTitle)} parent="/scan">
      <form class="stack" onSubmit={(e) => { e.preventDefault(); void look(); }}>
        <label class="field"><span>{t(W.number)}</span><small class="hint">{t(W.numberHint)}</small>
          <input name="number" inputMode="numeric" autocomplete="off" maxLength={13} value={number} onInput={(e) => { setNumber(e.currentTarget.value); setFound({ at: 'typing' }); }} />
        </label>
        {found.at === 'her' ? null : <button class="btn main" type="submit">{t(W.find)}</button>}
      </form>
      {trouble ? <Note tone="late" icon="warn" role="alert">{t(trouble)}</Note> : null}
      {found.at === 'her' ? <section class="card result"><p>{t(W.whose)}</p><AskHer holder={found.holder} /></section> : null}
    </Page>
  );
}
