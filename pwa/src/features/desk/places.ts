/** Which areas fit a role, and what a worker's row says. Pure. */
import type { LeaveRow, NamedArea, WorkerRow } from './wire';

/** Digits of the area code of each role. */
export const AREA_LENGTH: Readonly<Record<string, number>> = { director: 12, liaison: 9, technician: 9, station: 9 };

export const fits = (areas: readonly NamedArea[], role: string): NamedArea[] => areas.filter((area) => area.code.length === AREA_LENGTH[role]);

export const leaveOf = (leaves: readonly LeaveRow[], worker: string): LeaveRow | undefined => leaves.find((leave) => leave.worker === worker);

/** Who may take over from her: at work, and not she herself. */
export const others = (workers: readonly WorkerRow[], worker: WorkerRow): WorkerRow[] =>
  workers.filter((one) => one.id !== worker.id && one.yours && one.disabled_at === null && one.role !== 'station');
