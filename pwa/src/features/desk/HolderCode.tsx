/** A one-time code for a woman's own page, shown to her face to face; it goes with the page. */
import { useState } from 'preact/hooks';
import { sayHour } from '../../i18n/days';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Note } from '../../ui/signs';
import { A } from './askedWords';
import { sayDeskCode } from './deskCodes';
import { useDesk } from './wire';

const spaced = (code: string): string => `${code.slice(0, 4)} ${code.slice(4, 7)} ${code.slice(7)}`;

export function HolderCode({ person }: { person: string }) {
  const t = useT();
  const { transport } = useDesk();
  const { today } = useApp();
  const [made, setMade] = useState<{ code: string; until: number } | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const make = (): void => {
    setFault(null);
    transport.post<{ code: string; until: number }>(`/api/people/${person}/code`, {}).then(setMade, (error: unknown) => setFault(codeOf(error)));
  };
  return (
    <section class="card pad stack">
      <h2>{t(A.code)}</h2>
      <p class="soft">{t(A.codeWhy)}</p>
      {made ? <div role="status"><p>{location.host}/C</p><p class="slip">{spaced(made.code)}</p><p>{t(A.until, { when: sayHour(t, made.until, today.value) })}</p></div> : null}
      {fault ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, fault)}</Note> : null}
      <p><button class="btn" type="button" onClick={make}>{t(A.make)}</button></p>
    </section>
  );
}
