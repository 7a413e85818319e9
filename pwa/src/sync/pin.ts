/** Another PIN for the store that is open; the old one must be right. */
import { StoreError } from '../store/api';
import { weakness } from '../store/pins';
import { keep, prove } from './guarding';
import type { Me } from './me';

export async function changePin(me: Me, pin: string, to: string): Promise<void> {
  const weak = weakness(to);
  if (weak) throw new StoreError(weak);
  const proved = await prove(me, pin);
  await keep(me, proved, { pin: to, prf: proved.shown.prf }, proved.lock.guard);
}
