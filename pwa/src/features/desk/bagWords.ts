import type { Word } from '../../i18n/words';

export const B = {
  title: ['包里的药具', 'What she carries'],
  hint: ['按她包里现在有的写，一批写一行。她的手机下次联网就有。这只是提示，发多发少都不拦。在“药具”里记过收发的品种，她的手机照账算，不看这里。', 'Write what is in her bag now, one line a lot. Her phone has it at the next sync. It only suggests; it never limits what she gives. Items that were moved under “Stock” her phone adds up by the book instead.'],
  empty: ['还没写过。避孕套手机上总能发。', 'Nothing is written down. Condoms can always be given.'],
  writtenAt: ['上次是 {when} 写的，之后发的没有从这里减。', 'Last written {when}; what she gave since is not taken off here.'],
  nth: ['第 {n} 行', 'Line {n}'],
  item: ['药具', 'Item'],
  lot: ['批号', 'Lot'],
  expiry: ['哪天到期', 'Expires on'],
  expired: ['过期了，手机上不会出现。', 'Expired: the phone does not offer it.'],
  qty: ['多少', 'How many'],
  qtyOf: ['多少（{unit}）', 'How many ({unit})'],
  add: ['加一行', 'Add a line'],
  drop: ['删掉', 'Remove'],
  dropNth: ['删掉第 {n} 行', 'Remove line {n}'],
  save: ['记下', 'Save'],
  kept: ['记下了，她的手机下次联网就有。', 'Saved. Her phone has it at the next sync.'],
  wentBack: ['改回去了。', 'Set back.'],
  back: ['改回原来的', 'Set back'],
} as const satisfies Record<string, Word>;
