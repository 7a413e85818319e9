/** A one-time registration code for one worker's phone, shown once. */
import { useState } from 'preact/hooks';
import { sayHour } from '../../i18n/days';
import { both } from '../../i18n/words';
import { useApp, useT } from '../../ui/app';
import { codeOf } from '../../ui/codes';
import { labelOf } from '../../ui/labels';
import { Icon, Note } from '../../ui/signs';
import { H2 } from './phoneWords';
import { sayDeskCode } from './deskCodes';
import { useDesk, type Slip, type WorkerRow } from './wire';
import { W } from './words';

/** Those who work with a phone. */
const IN_THE_FIELD = ['director', 'liaison', 'technician'];

/** Prints the slip alone: the page's other parts step back while the printer is asked. */
function printSlip(): void {
  document.body.classList.add('slip-only');
  window.print();
  document.body.classList.remove('slip-only');
}

function Made({ slip, name }: { slip: Slip; name: string }) {
  const t = useT();
  const { today } = useApp();
  return (
    <div role="status">
      <div class="paper-slip">
        <p><b>{t(W.slip)}</b> {t(W.slipFor, { name, when: sayHour(t, slip.expires_at, today.value) })}</p>
        <p>{t(H2.step1)}<b class="nb">{location.origin}/app/</b></p>
        <p>{t(H2.step2)}</p><p class="slip">{slip.code}</p>
        <p>{t(H2.step3)}<b class="slip small-slip">{slip.fingerprint}</b></p>
        <p class="soft">{t(H2.again)}</p>
      </div>
      <p class="flex"><span class="grow">{t(W.slipOnce)}</span><button class="btn" type="button" onClick={() => printSlip()}><Icon name="print" />{t(H2.printSlip)}</button></p>
    </div>
  );
}

export function Code({ workers }: { workers: readonly WorkerRow[] }) {
  const t = useT();
  const { transport } = useDesk();
  const field = workers.filter((w) => w.disabled_at === null && w.areas.some((a) => IN_THE_FIELD.includes(a.role)));
  const [worker, setWorker] = useState('');
  const [slip, setSlip] = useState<Slip | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const make = (e: Event): void => {
    e.preventDefault();
    setCode(null);
    transport.post<Slip>('/api/phones/codes', { worker }).then(setSlip, (error: unknown) => setCode(codeOf(error)));
  };
  return (
    <section class="card pad stack slip-page">
      <h2>{t(W.newCode)}</h2>
      <form class="flex" onSubmit={make}>
        <label class="field flex grow"><span>{t(W.whose)}</span>
          <select name="worker" required value={worker} onChange={(e) => { setWorker(e.currentTarget.value); setSlip(null); }}>
            <option value="">{t(W.choose)}</option>
            {field.map((w) => <option key={w.id} value={w.id}>{w.name}，{t(both(labelOf('roles', w.role)))}，{w.areas.map((a) => a.name).join('、')}</option>)}
          </select>
        </label>
        <button class="btn main" type="submit">{t(W.make)}</button>
      </form>
      {code ? <Note tone="late" icon="warn" role="alert">{sayDeskCode(t, code)}</Note> : null}
      {slip ? <Made slip={slip} name={workers.find((w) => w.id === slip.worker)?.name ?? ''} /> : null}
    </section>
  );
}
