/**
 * The phone's own lock through WebAuthn: the PRF of a credential that lies in the phone, told only after its owner has shown finger, face
 * or screen lock. No server has a part in it, so challenges are drawn here and answers are not checked for who signed them: a wrong one opens nothing.
 */
import { StoreError } from '../store/api';
import { type Bytes, randomBytes } from '../store/bytes';
import type { PhoneLock } from './me';

type Asking = Pick<Window & typeof globalThis, 'navigator' | 'location'> & { PublicKeyCredential?: Partial<typeof PublicKeyCredential> };

const PATIENCE_MS = 60_000;
const ES256 = -7;
const RS256 = -257;

export function phoneLockOf(win: Asking): PhoneLock {
  const { credentials } = win.navigator;
  const ask: PhoneLock['ask'] = async ({ id, salt }) => {
    const allowCredentials: PublicKeyCredentialDescriptor[] = [{ type: 'public-key', id, transports: ['internal'] }];
    const extensions = { prf: { eval: { first: salt } } };
    const publicKey = { challenge: randomBytes(32), timeout: PATIENCE_MS, userVerification: 'required' as const, allowCredentials, extensions };
    const first = told(await credentials.get({ publicKey }).catch(refused))?.results?.first;
    if (!first) throw new StoreError('guard_refused');
    return bytesOf(first);
  };
  return {
    able: () => able(win),
    async make(name) {
      const made = await credentials.create({ publicKey: wanted(name) }).catch(refused);
      if (!told(made)?.enabled) throw new StoreError('guard_absent');
      return { id: bytesOf((made as PublicKeyCredential).rawId), salt: randomBytes(32) };
    },
    ask,
  };
}

/** An address of numbers has no name that a credential could belong to. */
async function able({ location, PublicKeyCredential: known }: Asking): Promise<boolean> {
  if (!known?.getClientCapabilities || /^[\d.]+$|:/.test(location.hostname)) return false;
  const can: Record<string, boolean> = await known.getClientCapabilities().catch(() => ({}));
  return can.userVerifyingPlatformAuthenticator === true && can['extension:prf'] === true;
}

/** One a worker and phone; its name is all that the phone's list of keys shows. */
function wanted(name: string): PublicKeyCredentialCreationOptions {
  const shown = `随访 ${name}`;
  return {
    rp: { name: '随访' },
    user: { id: randomBytes(16), name: shown, displayName: shown },
    challenge: randomBytes(32),
    timeout: PATIENCE_MS,
    pubKeyCredParams: [ES256, RS256].map((alg) => ({ type: 'public-key', alg })),
    authenticatorSelection: { authenticatorAttachment: 'platform', residentKey: 'preferred', userVerification: 'required' },
    extensions: { prf: {} },
  };
}

const told = (given: Credential | null) => (given as PublicKeyCredential | null)?.getClientExtensionResults().prf;

const bytesOf = (given: BufferSource): Bytes => new Uint8Array(ArrayBuffer.isView(given) ? (given.buffer).slice(given.byteOffset, given.byteOffset + given.byteLength) : given);

/** She said no, waited too long, or the phone has no such key any more: the browser tells these apart for nobody. */
function refused(): never {
  throw new StoreError('guard_refused');
}
