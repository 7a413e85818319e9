import type { Word } from '../../i18n/words';

export const P = {
  people: ['人员', 'People'],
  find: ['找人', 'Find a person'],
  what: ['名字、拼音、首字母，或电话、身份证后四位', 'Name, pinyin, initials, or the last four of a telephone or ID'],
  go: ['找', 'Search'],
  logged: ['找了什么、打开了谁，都会记下。', 'What you search and whom you open is written down.'],
  searching: ['正在找…', 'Searching…'],
  foundN: ['找到 {n} 人', '{n} found'],
  many: ['先列 {n} 人，多写一个字就少了', 'The first {n}; one more letter narrows it'],
  nobody: ['没找到“{q}”', 'Nobody found for “{q}”'],
  nobodyHint: ['换拼音首字母试试，像 zgl；或者只写后四位。', 'Try initials, such as zgl, or the last four digits.'],
  start: ['写几个字，按回车', 'Type a few letters, press Enter'],
  startHint: ['找全镇的人。用上下键走，按回车打开。', 'The whole township is searched. Arrow keys move, Enter opens.'],
  name: ['名字', 'Name'],
  born: ['生日', 'Born'],
  door: ['门牌', 'Door'],
  readers: ['谁看过她的记录', 'Who has looked at her records'],
  noReaders: ['以前没人打开过', 'Nobody opened it before'],
  now: ['这一次，已记下', 'this time, written down'],
} as const satisfies Record<string, Word>;
