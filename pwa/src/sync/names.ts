/** Asks what colleagues are called, so that a change can say who made it. Of no importance to anything else. */
import type { Port } from '../store/port';
import { SyncError, type Transport } from './transport';

/** What goes wrong here is tried again with the next sync. */
export async function learnNames(port: Port, transport: Transport): Promise<void> {
  const ids = port.strangers();
  if (ids.length === 0) return;
  try {
    const { names } = await transport.get<{ names?: unknown }>(`/api/sync/workers?ids=${ids.join(',')}`);
    if (isNames(names)) await port.learn(ids, names);
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
  }
}

const isNames = (value: unknown): value is { [id: string]: string } =>
  typeof value === 'object' && value !== null && Object.values(value).every((name) => typeof name === 'string');
