/** A file that a phone without a network saved: sealed rows, taken in as if the phone had sent them. */
import { useState } from 'preact/hooks';
import type { Transport } from '../../sync/transport';
import { useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { Icon, Note } from '../../ui/signs';
import { sayDeskCode } from './deskCodes';
import { useDesk } from './wire';
import { W } from './words';

interface Taken {
  taken: number;
  parked: number;
}

/** One after another: weeks of work are more than one request holds, and taking one in twice is free. */
async function inParts({ post }: Pick<Transport, 'post'>, { parcels, ...about }: { parcels: unknown[] }): Promise<Taken> {
  const sum = { taken: 0, parked: 0 };
  if (parcels.length === 0) throw new SyntaxError('no parcel');
  for (const one of parcels) {
    const { taken, parked } = await post<Taken>('/api/phones/parcels', { ...about, parcels: [one] });
    sum.taken += taken;
    sum.parked += parked;
  }
  return sum;
}

export function ParcelFile({ onDone }: { onDone: () => void }) {
  const t = useT();
  const { transport } = useDesk();
  const [said, setSaid] = useState<{ taken: Taken } | { code: string } | null>(null);
  const take = async (file: File): Promise<void> => {
    try {
      setSaid({ taken: await inParts(transport, JSON.parse(await file.text()) as { parcels: unknown[] }) });
      onDone();
    } catch (error) {
      const code = error instanceof SyntaxError || error instanceof TypeError ? 'bad_shape' : codeOf(error);
      setSaid({ code: code === 'bad_shape' || code === 'bad_input' ? 'not_a_parcel' : code });
    }
  };
  return (
    <section class="card pad stack">
      <h2>{t(W.parcel)}</h2>
      <p class="soft">{t(W.parcelWhy)}</p>
      <label class="btn file"><Icon name="bring" />{t(W.parcelChoose)}
        <input type="file" class="sr" accept=".json,application/json" onChange={(e) => { const file = e.currentTarget.files?.[0]; if (file) void take(file); e.currentTarget.value = ''; }} />
      </label>
      {said && 'taken' in said ? <Note tone="ok" icon="tick" role="status">{t(W.parcelTaken, { n: said.taken.taken, m: said.taken.parked })}</Note> : null}
      {said && 'code' in said ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, said.code)}</Note> : null}
    </section>
  );
}
