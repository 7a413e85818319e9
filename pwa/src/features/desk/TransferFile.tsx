/** What came with her is put into her record here; where she is not registered yet, it waits. */
import { useState } from 'preact/hooks';
import { sayVague } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Link } from '../../ui/link';
import type { TransferRow } from './transferShapes';
import { TR } from './transferWords';
import { useDesk, type PersonLine } from './wire';

interface Props {
  readonly row: TransferRow;
  readonly onDone: () => void;
  readonly onFailed: (code: string) => void;
}

/** Shown for what was acknowledged: a search for her, or the way to her page. */
export function FilePart(props: Props) {
  const t = useT();
  const { row } = props;
  if (row.person) return <p class="flex"><Link class="btn" to={`/desk/person/${row.person}`}>{t(TR.herPage)}</Link><span class="soft">{t(TR.shownWhere)}</span></p>;
  return <FindHer {...props} />;
}

function FindHer({ row, onDone, onFailed }: Props) {
  const t = useT();
  const { transport } = useDesk();
  const [q, setQ] = useState(row.name);
  const [found, setFound] = useState<readonly PersonLine[] | null>(null);
  const failed = (error: unknown): void => onFailed(codeOf(error));
  const find = (e: Event): void => {
    e.preventDefault();
    transport.post<{ people: PersonLine[] }>('/api/people/search', { q: q.trim() }).then(({ people }) => setFound(people), failed);
  };
  const file = (person: string): void => { transport.post(`/api/transfers/${row.id}/file`, { person }).then(onDone, failed); };
  return (
    <div class="stack">
      <form role="search" class="flex" onSubmit={find}>
        <label class="field grow"><span>{t(TR.whose)}</span><input name="q" type="search" required maxLength={40} autocomplete="off" value={q} onInput={(e) => setQ(e.currentTarget.value)} /></label>
        <button class="btn" type="submit">{t(TR.findHer)}</button>
      </form>
      {found ? <p role="status" class="soft">{t(found.length > 0 ? TR.sheIs : TR.notHere)}</p> : null}
      {found && found.length > 0 ? <ul class="card answers">{found.map((person) => <One key={person.id} person={person} onPick={file} />)}</ul> : null}
    </div>
  );
}

function One({ person, onPick }: { person: PersonLine; onPick: (id: string) => void }) {
  const t = useT();
  const { today } = useApp();
  const born = person.birth ? sayVague(t, person.birth, today.value) : '';
  return (
    <li class="row slim"><span class="grow"><b>{person.name}</b> {born} <span class="soft">{person.area.name}</span></span>
      <button class="btn" type="button" onClick={() => onPick(person.id)}>{t(TR.isHer)}</button></li>
  );
}
