/** The town lets a phone's session sleep after some minutes; the phone's key wakes it. The twin of server/waking.py. */
import { utf8 } from '../store/bytes';
import type { Directory } from '../store/directory';
import { signText } from './seal';
import { SyncError, type Transport } from './transport';

/** A line that wakes its session, once, and asks again what was refused; who asked notices nothing. */
export function wakeful<L extends Transport>(line: L, directory: Directory): L {
  const awake = <T>(ask: () => Promise<T>): Promise<T> =>
    ask().catch(async (error: unknown) => {
      if (await wake(line, directory, error)) return ask();
      throw error;
    });
  return { ...line, get: (path) => awake(() => line.get(path)), post: (path, body) => awake(() => line.post(path, body)) };
}

/** False: it does not sleep, or this phone has no key for it. Rejects SyncError. */
async function wake(line: Transport, directory: Directory, error: unknown): Promise<boolean> {
  const [phone = '', challenge = ''] = (error instanceof SyncError && error.asleep?.split(' ')) || [];
  const known = phone && (await directory.registered(phone));
  if (!known) return false;
  const signature = await signText(known.keys.privateKey, utf8(`suifang wake 1\n${phone}\n${challenge}`));
  await line.post('/api/auth/wake', { challenge, signature }).catch((refused: unknown) => {
    // Another window was quicker.
    if (!(refused instanceof SyncError) || refused.code !== 'challenge_over') throw refused;
  });
  return true;
}
