/** A file to the server in parts, and what a preview adds up to. */
import type { Transport } from '../../sync/transport';
import type { FoundInside, Upload } from './importShapes';

const PART_BYTES = 384 * 1024;

/** Base64 in pieces, since a call takes only so many arguments. */
export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

/** Sends a file part by part; `told` hears how many bytes are there. Throws SyncError. */
export async function sendFile(transport: Transport, file: File, told: (bytes: number) => void): Promise<Upload> {
  let upload = await transport.post<Upload>('/api/imports', { name: file.name.slice(0, 120), size: file.size });
  for (let n = 0; n * PART_BYTES < file.size; n += 1) {
    const piece = await file.slice(n * PART_BYTES, (n + 1) * PART_BYTES).arrayBuffer();
    upload = await transport.post<Upload>(`/api/imports/${upload.id}/parts`, { n, data: base64(new Uint8Array(piece)) });
    told(Math.min(file.size, (n + 1) * PART_BYTES));
  }
  return upload;
}

export interface Sums {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
}

export const sums = ({ villages }: FoundInside): Sums =>
  villages.reduce((all, v) => ({ new: all.new + v.new, changed: all.changed + v.changed, unchanged: all.unchanged + v.unchanged }), { new: 0, changed: 0, unchanged: 0 });

/** Whether the server is still at it, so that one asks again. */
export const atWork = (upload: Upload): boolean => upload.state === 'reading' || upload.state === 'writing';
