/** Line drawings on a 24 by 24 grid; the words beside them carry the meaning. Those behind Today come with the pages. */
import type { MoreIcons } from './moreIcons';

const FIRST = {
  back: 'M15 4l-8 8 8 8',
  next: 'M9 4l8 8-8 8',
  close: 'M5 5l14 14M19 5L5 19',
  cover: 'M3 4l18 16M10 5.2c5-.7 9 1.8 12 6.8-.8 1.4-1.8 2.5-2.8 3.5M6 7.5C4.5 8.6 3.2 10 2 12c3 5 6 7 10 7 1.7 0 3.2-.4 4.5-1',
  eye: 'M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
  today: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M8 15l3 3 5-5',
  people: 'M5 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M2 21c0-4 3-7 7-7s7 3 7 7M16 4.5a4 4 0 0 1 0 7M18 15c2.5 1 4 3 4 6',
  scan: 'M3 8V3h5M16 3h5v5M21 16v5h-5M8 21H3v-5M7 7h4v4H7zM13 13h4v4h-4zM14 8h3M8 14v3',
  clock: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 7v5l4 3',
  check: 'M4 12l6 6L20 6',
  tick: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M7.5 12.5l3 3 6-7',
  warn: 'M12 3l10 18H2zM12 10v5M12 18v.1',
  send: 'M12 19V4M6 10l6-6 6 6M4 21h16',
  type: 'M3 19L9 5l6 14M5 15h8M16 19l3-8 3 8M17 16h4',
  del: 'M8 5h13v14H8l-6-7zM12 9l5 6M17 9l-5 6',
  lost: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17v.1',
} as const;

export type IconName = keyof typeof FIRST | MoreIcons;

export const ICONS: { [Name in IconName]?: string } = { ...FIRST };
