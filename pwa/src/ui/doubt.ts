/** Whether this phone's clock is to be believed. */
import type { SyncStatus } from '../store/api';

const TOO_FAR_OFF_MS = 600_000;

/** As the last sync found it; a phone that never met the town is believed. */
export const inDoubt = ({ clockOffset = 0 }: Pick<SyncStatus, 'clockOffset'>): boolean => Math.abs(clockOffset) > TOO_FAR_OFF_MS;
