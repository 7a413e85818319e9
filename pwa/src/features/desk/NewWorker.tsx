/** Adding a worker: her role, where she works, and a first password that is shown once. */
import { useState } from 'preact/hooks';
import { both } from '../../i18n/words';
import { useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { labelOf } from '../../ui/labels';
import { Note } from '../../ui/signs';
import { sayDeskCode } from './deskCodes';
import { AREA_LENGTH, fits } from './places';
import { useDesk, type Places, type WithPassword } from './wire';
import { K } from './workerWords';

export function Password({ made }: { made: WithPassword }) {
  const t = useT();
  return (
    <div role="status" class="paper-slip">
      <p class="soft">{t(K.passwordOf, { name: made.worker.name })}（{made.worker.username}）</p>
      <p class="slip">{made.password}</p><p>{t(K.once)}</p>
    </div>
  );
}

/** The areas that fit a role, several at once. */
export function AreaPicks({ places, role, chosen, onChosen, legend }: { places: Places; role: string; chosen: readonly string[]; onChosen: (codes: string[]) => void; legend: string }) {
  const turn = (code: string, on: boolean): void => onChosen(on ? [...chosen, code] : chosen.filter((one) => one !== code));
  return (
    <fieldset><legend>{legend}</legend>
      <div class="picks tight">{fits(places.areas, role).map((area) => (
        <label class="pick" key={area.code}><input type="checkbox" checked={chosen.includes(area.code)} onChange={(e) => turn(area.code, e.currentTarget.checked)} /><span>{area.name}</span></label>
      ))}</div>
    </fieldset>
  );
}

export function NewWorker({ places, onAdded }: { places: Places; onAdded: () => void }) {
  const t = useT();
  const { transport } = useDesk();
  const [username, setUsername] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState('director');
  const [areas, setAreas] = useState<string[]>([]);
  const [made, setMade] = useState<WithPassword | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const only = fits(places.areas, role);
  const wanted = AREA_LENGTH[role] === 12 ? areas : only.length === 1 ? only.map((one) => one.code) : areas;
  const add = (e: Event): void => {
    e.preventDefault();
    setCode(null);
    transport.post<WithPassword>('/api/workers', { username: username.trim(), name: name.trim(), role, areas: wanted }).then(
      (answer) => { setMade(answer); setUsername(''); setName(''); setAreas([]); onAdded(); },
      (error: unknown) => setCode(codeOf(error)),
    );
  };
  return (
    <details class="card pad">
      <summary><b>{t(K.add)}</b></summary>
      <form class="stack top3" onSubmit={add}>
        <div class="three">
          <label class="field"><span>{t(K.name)}</span><input name="name" required maxLength={40} value={name} onInput={(e) => setName(e.currentTarget.value)} /></label>
          <label class="field"><span>{t(K.username)}</span><input name="username" required pattern="[a-z0-9][a-z0-9._\-]{1,39}" autocapitalize="none" autocomplete="off" spellcheck={false} value={username} onInput={(e) => setUsername(e.currentTarget.value)} /></label>
          <label class="field"><span>{t(K.role)}</span><select name="role" value={role} onChange={(e) => { setRole(e.currentTarget.value); setAreas([]); }}>{places.roles.map((one) => <option key={one} value={one}>{t(both(labelOf('roles', one)))}</option>)}</select></label>
        </div>
        {only.length > 1 ? <AreaPicks places={places} role={role} chosen={areas} onChosen={setAreas} legend={t(K.where)} /> : null}
        {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
        <button class="btn main" type="submit" disabled={wanted.length === 0}>{t(K.make)}</button>
      </form>
      {made ? <Password made={made} /> : null}
    </details>
  );
}
