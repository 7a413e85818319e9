/** Drawings that no page before Today's list shows. */
import { ICONS } from './icons';

const MORE = {
  undo: 'M8 4L3 9l5 5M3 9h11c4 0 7 2.5 7 6s-3 6-7 6H9',
  torch: 'M7 3h10v4l-3 4v10h-4V11L7 7zM7 7h10M12 14v2',
  ban: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M6 6l12 12',
  search: 'M4 11a7 7 0 1 0 14 0a7 7 0 1 0-14 0M16 16l5 5',
  box: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9',
  home: 'M3 11l9-8 9 8M6 9v12h12V9M10 21v-6h4v6',
  phone: 'M5 3h4l2 5-3 2c1 3 3 5 6 6l2-3 5 2v4c0 1-1 2-2 2C10 21 3 14 3 5c0-1 1-2 2-2z',
  minus: 'M4 12h16',
  plus: 'M12 4v16M4 12h16',
  pen: 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4',
  bin: 'M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6',
  sound: 'M3 9h4l5-4v14l-5-4H3zM16 8c2 2 2 6 0 8M19 5c4 4 4 10 0 14',
  inbox: 'M3 13l3-9h12l3 9v7H3zM3 13h5l2 3h4l2-3h5',
  chart: 'M4 3v18h17M8 17v-5M13 17V7M18 17v-8',
  mobile: 'M7 2h10v20H7zM11 18h2',
  out: 'M14 4h6v16h-6M3 12h12M11 8l4 4-4 4',
  key: 'M3 16a5 5 0 1 0 10 0a5 5 0 1 0-10 0M12 12l9-9M17 7l3 3',
  bring: 'M4 14v6h16v-6M12 3v12M7 10l5 5 5-5',
  print: 'M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z',
} as const;

export type MoreIcons = keyof typeof MORE;

Object.assign(ICONS, MORE);
