/** A file that a phone without a network saved: sealed rows, taken in as if the phone had sent them. */
import { useState } from 'preact/hooks';
import { useT } from '../../ui/app';
import { codeOf, sayCode } from '../../ui/codes';
import { Note } from '../../ui/signs';
import { useDesk } from './wire';
import { W } from './words';

interface Taken {
  taken: number;
  parked: number;
}

export function ParcelFile({ onDone }: { onDone: () => void }) {
  const t = useT();
  const { transport } = useDesk();
  const [said, setSaid] = useState<{ taken: Taken } | { code: string } | null>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      setSaid({ taken: await transport.post<Taken>('/api/phones/parcels', JSON.parse(await file.text())) });
      onDone();
    } catch (error) {
      setSaid({ code: error instanceof SyntaxError ? 'bad_shape' : codeOf(error) });
    }
  };
  return (
    <section class="card pad stack">
      <label class="field"><span>{t(W.parcel)}</span>
        <input type="file" accept=".json,application/json" onChange={(e) => void take(e.currentTarget.files?.[0])} />
      </label>
      <p class="small soft">{t(W.parcelWhy)}</p>
      {said && 'taken' in said ? <Note tone="ok" icon="tick" role="status">{t(W.parcelTaken, { n: said.taken.taken, m: said.taken.parked })}</Note> : null}
      {said && 'code' in said ? <Note tone="late" icon="warn" role="alert">{sayCode(t, said.code)}</Note> : null}
    </section>
  );
}
