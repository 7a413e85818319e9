/** Where the page leaves sealed and signed deliveries for the service worker. */
import type { Bytes } from './bytes';

export const DIRECTORY = 'suifang';
export const POSTED = 'posted';

export interface Posted {
  headers: Record<string, string>;
  body: Bytes;
}
