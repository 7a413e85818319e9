/** A new telephone number; the old one stays in the history. */
import { useState } from 'preact/hooks';
import type { Person } from '../../store/api';
import { useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Sheet } from '../../ui/sheet';
import { Note } from '../../ui/signs';
import { W } from './sheetWords';

/** A village landline without its area code has seven digits. */
const SHORTEST = 7;

export function ChangePhone({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useT();
  const { store } = useOpen();
  const [number, setNumber] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const wanted = number.replace(/[\s-]/g, '');
  const save = async (e: Event): Promise<void> => {
    e.preventDefault();
    try {
      await store.patch('person', person.id, { phone: wanted || null });
      onClose();
    } catch (error) {
      setCode(codeOf(error));
    }
  };
  return (
    <Sheet title={t(W.phoneTitle, { name: person.name })} onClose={onClose}>
      <form class="stack" onSubmit={(e) => void save(e)}>
        <label class="field"><span>{t(W.phoneField)}</span>
          <input type="tel" name="phone" inputmode="tel" autocomplete="off" required value={number} aria-describedby="phone-hint" onInput={(e) => setNumber(e.currentTarget.value)} />
        </label>
        <p class="small soft" id="phone-hint">{t(W.phoneHint)}</p>
        {wanted && wanted.length < SHORTEST ? <Note tone="late" icon="warn" role="status">{t(W.phoneShort)}</Note> : null}
        {code ? <Note tone="late" icon="warn" role="alert">{sayCode(t, code)}</Note> : null}
        <div class="pair"><button class="btn" type="button" onClick={onClose}>{t(W.cancel)}</button><button class="btn main" type="submit">{t(W.save)}</button></div>
      </form>
    </Sheet>
  );
}
