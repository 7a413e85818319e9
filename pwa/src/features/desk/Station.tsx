/** What the cards' public page says of the station, and the ratings that were given there. */
import { useState } from 'preact/hooks';
import { useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Note } from '../../ui/signs';
import { A } from './askedWords';
import { sayDeskCode } from './deskCodes';
import { Asked } from './parts';
import { useDesk, useGet, type Station, type StationFace } from './wire';

type State = { at: 'idle' } | { at: 'saved' } | { at: 'failed'; code: string };

function Face({ face }: { face: StationFace }) {
  const t = useT();
  const { transport } = useDesk();
  const [said, setSaid] = useState(face);
  const [state, setState] = useState<State>({ at: 'idle' });
  const save = (e: Event): void => {
    e.preventDefault();
    transport.post('/api/station', said).then(() => setState({ at: 'saved' }), (error: unknown) => setState({ at: 'failed', code: codeOf(error) }));
  };
  const field = (name: keyof StationFace, word: (typeof A)[keyof typeof A], most: number) => (
    <label class="field"><span>{t(word)}</span><input name={name} maxLength={most} value={said[name]} onInput={(e) => { setSaid({ ...said, [name]: e.currentTarget.value }); setState({ at: 'idle' }); }} /></label>
  );
  return (
    <form class="stack" onSubmit={save}>
      {field('address', A.address, 120)}{field('phone', A.tel, 40)}{field('hours', A.hours, 80)}
      {state.at === 'saved' ? <Note tone="ok" icon="tick" role="status">{t(A.saved)}</Note> : null}
      {state.at === 'failed' ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, state.code)}</Note> : null}
      <p><button class="btn main" type="submit">{t(A.save)}</button></p>
    </form>
  );
}

function Ratings({ rows }: { rows: Station['ratings'] }) {
  const t = useT();
  if (rows.length === 0) return <p class="soft">{t(A.none)}</p>;
  return (
    <table>
      <thead><tr><th scope="col">{t(A.month)}</th><th scope="col">{t(A.village)}</th><th scope="col">{t(A.good)}</th><th scope="col">{t(A.fair)}</th><th scope="col">{t(A.poor)}</th></tr></thead>
      <tbody>{rows.map((row) => (
        <tr key={row.month + row.area}>
          <td class="nb">{row.month}</td><th scope="row">{row.name}</th>
          {row.total === null ? <td colSpan={3} class="soft">{t(A.few)}</td> : <><td class="n">{row.good}</td><td class="n">{row.fair}</td><td class="n">{row.poor}</td></>}
        </tr>
      ))}</tbody>
    </table>
  );
}

export function StationPart() {
  const t = useT();
  const [told, again] = useGet<Station>('/api/station');
  return (
    <Asked answer={told} again={again}>{(found) => (
      <div class="two">
        <section class="card pad stack"><h2>{t(A.page)}</h2><p class="soft">{t(A.pageWhy)}</p><Face face={found.face} /></section>
        <section class="card pad stack"><h2>{t(A.ratings)}</h2><p class="soft">{t(A.ratingsWhy)}</p><Ratings rows={found.ratings} /></section>
      </div>
    )}</Asked>
  );
}
