/** Telephone and ID number: covered, open while held. In the demo the telephone does not dial. */
import { useState } from 'preact/hooks';
import { maskId, maskPhone } from '../../i18n/masks';
import type { Person } from '../../store/api';
import { useOpen, useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Hold } from '../../ui/hold';
import { Sheet } from '../../ui/sheet';
import { Icon, Mark, Note } from '../../ui/signs';
import { W } from './words';

/** A village landline without its area code has seven digits. */
const SHORTEST = 7;

function ChangePhone({ person, onClose }: { person: Person; onClose: () => void }) {
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

export function Covered({ person }: { person: Person }) {
  const t = useT();
  const [changing, setChanging] = useState(false);
  const change = <button class="btn bare" type="button" onClick={() => setChanging(true)}><Icon name="pen" />{t(W.changePhone)}</button>;
  return (
    <>
      <ul class="card">
        {person.phone ? <Hold label={t(W.phone)} covered={maskPhone(person.phone)} open={person.phone}>{change}</Hold>
          : <li class="row"><span class="grow"><small class="soft">{t(W.phone)}</small><br />{t(W.noPhone)}</span>{change}</li>}
        {person.waiting?.includes('phone') ? <li class="row slim"><Mark at="here" /><small class="soft">{t(W.phone)}：{t(W.waiting)}</small></li> : null}
        {person.idLast4 ? <li class="row slim"><span class="grow nb"><small class="soft">{t(W.id)}</small><br />{maskId(person.idLast4)}</span></li> : null}
      </ul>
      {changing ? <ChangePhone person={person} onClose={() => setChanging(false)} /> : null}
    </>
  );
}
